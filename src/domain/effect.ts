import type { KeptData, MadeFile } from "./kept-data.ts";
import type { Prompt } from "./prompt.ts";

/** Answers by question; several where several may be chosen. Codes, but for the few questions answered in words. */
export type Answers = { [question: string]: string | string[] };

/** Purposes that a person agrees to, each on its own. */
export const purposes = ["intake", "call", "naturalisation"] as const;
export type Purpose = (typeof purposes)[number];

/** What a flow asks the host to do, where the result does not matter to it. A flow never does these things itself. */
export type Effect =
  | { type: "say"; params: Prompt }
  /** Sends a kept file, with what is said to it. */
  | { type: "sendFile"; params: { file: MadeFile; prompt: Prompt } }
  | { type: "setLanguage"; params: { language: string } }
  /** Puts another flow on top of this one, or in its place. */
  | { type: "open"; params: { flow: string; answers?: Answers } }
  | { type: "replace"; params: { flow: string; answers?: Answers } }
  /** Ends this flow and goes back one question in the one below. */
  | { type: "back"; params: Record<never, never> }
  /** Appends to the record of agreements; `text` is the key or path of what was shown. */
  | { type: "recordAgreement"; params: { purpose: Purpose; state: "given" | "refused" | "withdrawn"; text: string } }
  /** No reminders: the phone is not safe. */
  | { type: "quieten"; params: Record<never, never> }
  /** Nothing more is sent until the person writes again. */
  | { type: "stop"; params: Record<never, never> };

/** What a flow asks the host to find out or try now; the host answers with an event and the turn goes on. */
export type Request =
  /** `case`: the code of the sent one that the answers are a new version of; else the host finds out. */
  | { type: "submitIntake"; params: { answers: Answers; case?: string } }
  /** Urgent help: a person shall call. */
  | { type: "requestCall"; params: { phone: string; safeTime: string } }
  /** What is kept about the person. */
  | { type: "readData"; params: Record<never, never> }
  /** All of it, as files to be sent. */
  | { type: "exportData"; params: Record<never, never> }
  | { type: "erase"; params: Record<never, never> }
  /** Only the case with this code. */
  | { type: "eraseCase"; params: { code: string } };

/** The answers to requests. `due` and days are calendar days `2026-11-25`. */
export type RequestResult =
  | { type: "submitted"; code: string; due: string; added: boolean }
  | { type: "callRequested"; code: string; due: string }
  /** The case takes no new answers: it is closed, or gone. */
  | { type: "caseOver"; code: string }
  | { type: "dataRead"; data: KeptData }
  | { type: "dataExported"; files: MadeFile[]; hours: number }
  | { type: "erased"; kept: boolean }
  | { type: "caseErased"; code: string; caseId?: string };

/** Effects that the turn does not carry out itself. */
export type HostEffect = Extract<Effect, { type: "recordAgreement" }>;
