import { toBodies } from "../../bots/telegram/outgoing.ts";
import { createRender } from "../../src/conversation/render.ts";
import { resume, turn } from "../../src/conversation/turn.ts";
import { type IntakeAnswers, intakeAnswers } from "../../src/domain/answers.ts";
import type { Content } from "../../src/domain/channel.ts";
import type { HostEffect, Request, RequestResult } from "../../src/domain/effect.ts";
import { dueDay } from "../../src/domain/hours.ts";
import type { PersonMessage } from "../../src/domain/prompt.ts";
import type { Conversation, Session } from "../../src/domain/session.ts";
import type { LogEntry } from "../../src/domain/transcript.ts";
import { priorityOf, propose } from "../../src/domain/triage.ts";
import { loadPlace } from "../../src/places.ts";
import { loadTexts } from "../../src/texts.ts";
import { codeIn } from "../walks/code.ts";
import type { Deed, Person } from "./person.ts";

/** A message as it shall arrive: method, text and buttons in one, with any code of a case blotted out. */
export interface Said {
  text: string;
  method: "sendMessage" | "editMessageText";
  /** Number of the deed that it answers. */
  deed: number;
}

/** What a person's deeds come to, where nothing goes wrong. */
export interface Expected {
  said: Said[];
  answers: IntakeAnswers[];
  agreements: string[];
  conversation: Conversation;
  language: string | undefined;
  /** Rows written into the person's lane. */
  rows: number;
  log: LogEntry[];
}

const texts = loadTexts();
const place = loadPlace("kreis-paderborn");
const render = createRender({ texts, place, publicUrl: "http://unused.example" });
const anyCode = "K7-42M";

/** Works out, by the pure part of the service alone, what a person's deeds come to. */
export function expectedOf({ deeds, plan, code = anyCode }: Person): Expected {
  const expected: Expected = {
    said: [],
    answers: [],
    agreements: [],
    conversation: { stack: [], token: 0 },
    language: undefined,
    rows: 0,
    log: [],
  };
  let session: Session = {
    contactId: "",
    id: "",
    version: 0,
    language: undefined,
    conversation: expected.conversation,
    sent: 0,
    silent: undefined,
    talking: undefined,
  };
  for (const [index, deed] of deeds.entries()) {
    const message = {
      channel: "telegram",
      at: deed.at,
      content: contentOf(deed),
      languageHint: plan.language,
    } as const;
    let moved = turn({ session, message, place, texts });
    note(expected, index, moved);
    while (moved.request) {
      moved = resume(moved, answerTo(moved.request, deed.at, code, expected));
      note(expected, index, moved);
    }
    const { conversation, language, silent } = moved;
    session = { ...session, version: session.version + 1, conversation, language, silent };
  }
  const { pace: _, ...conversation } = session.conversation;
  return { ...expected, conversation, language: session.language };
}

type Moved = { outgoing: PersonMessage[]; log: LogEntry[]; effects: HostEffect[] };

function note(expected: Expected, deed: number, { outgoing, log, effects }: Moved): void {
  expected.rows += outgoing.length;
  expected.log.push(...log);
  for (const { params } of effects) expected.agreements.push(`${params.purpose} ${params.state}`);
  for (const message of outgoing) {
    const bodies = toBodies(render(message));
    const updates = message.type === "prompt" && message.updates !== undefined;
    const method = updates && bodies.length === 1 ? "editMessageText" : "sendMessage";
    for (const body of bodies) expected.said.push({ method, text: blotted(method, body), deed });
  }
}

/** A call or a body as it is compared: without ids, and with the code blotted out. */
export function blotted(
  method: string,
  { text, reply_markup: markup }: { text?: unknown; reply_markup?: unknown },
): string {
  const said = String(text);
  const code = codeIn(said);
  return `${method} ${code === undefined ? said : said.replaceAll(code, "CODE")} ${JSON.stringify(markup ?? null)}`;
}

function contentOf(deed: Deed): Content {
  switch (deed.type) {
    case "say":
      return deed.text === "/start" ? { type: "start" } : { type: "words", text: deed.text };
    case "press":
      return { type: "press", data: deed.data, ref: "1" };
    case "block":
      return { type: "blocked" };
    case "unblock":
      return { type: "unblocked" };
  }
}

function answerTo(request: Request, at: number, code: string, expected: Expected): RequestResult {
  if (request.type !== "submitIntake") throw new Error(`nobody here asks for ${request.type}`);
  const answers = intakeAnswers.parse(request.params.answers);
  const due = dueDay(place, priorityOf(propose(place, answers, at)), at);
  expected.answers.push(answers);
  return { type: "submitted", code, due, added: false };
}
