import type { AgreementState, Purpose } from "./agreement.ts";
import type { KeptData, MadeFile } from "./kept-data.ts";
import type { KnownAgreement } from "./known-agreement.ts";
import type { Prompt } from "./prompt.ts";
import type { AskedReferral } from "./referral.ts";

/** Answers by question; several where several may be chosen. Codes, but for the few questions answered in words. */
export type Answers = { [question: string]: string | string[] };

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
  /** Appends to the record of agreements, and does at once what follows from it. */
  | { type: "recordAgreement"; params: Agreeing }
  /** No reminders: the phone is not safe. */
  | { type: "quieten"; params: Record<never, never> }
  /** Nothing more is sent until the person writes again. */
  | { type: "stop"; params: Record<never, never> };

/** An event of the record of agreements; `text` is the path of what was shown. */
export interface Agreeing {
  purpose: Purpose;
  /** Id of an office, where the purpose is for one. */
  recipient?: string;
  state: AgreementState;
  text: string;
  /** The questions whose answers go to the recipient. */
  data?: string[];
}

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
  | { type: "eraseCase"; params: { code: string } }
  | { type: "readAgreements"; params: Record<never, never> }
  | { type: "readReferral"; params: { id: string } }
  | { type: "answerReferral"; params: { id: string; yes: boolean } }
  /** The person wants to hear more from the case manager first. */
  | { type: "askAboutReferral"; params: { id: string } };

/** The answers to requests. `due` and days are calendar days `2026-11-25`. */
export type RequestResult =
  | { type: "submitted"; code: string; due: string; added: boolean }
  | { type: "callRequested"; code: string; due: string }
  /** The case takes no new answers: it is closed, or gone. */
  | { type: "caseOver"; code: string }
  | { type: "dataRead"; data: KeptData }
  | { type: "dataExported"; files: MadeFile[]; hours: number }
  | { type: "erased"; kept: boolean }
  | { type: "caseErased"; code: string; caseId?: string }
  | { type: "agreementsRead"; agreements: KnownAgreement[] }
  /** Nothing where the question is over. */
  | { type: "referralRead"; referral: AskedReferral | undefined }
  /** `stands`: there was still something to answer. */
  | { type: "referralAnswered"; stands: boolean }
  | { type: "referralNoted" };

/** Effects that the turn does not carry out itself. */
export type HostEffect = Extract<Effect, { type: "recordAgreement" }>;
