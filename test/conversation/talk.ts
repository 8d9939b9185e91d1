import { toData } from "../../src/conversation/button-data.ts";
import { createRender } from "../../src/conversation/render.ts";
import { resume, type Turn, turn } from "../../src/conversation/turn.ts";
import type { Content } from "../../src/domain/channel.ts";
import type { Request, RequestResult } from "../../src/domain/effect.ts";
import type { KeptData } from "../../src/domain/kept-data.ts";
import { knownAgreements, type StoredAgreement } from "../../src/domain/known-agreement.ts";
import type { Place } from "../../src/domain/place.ts";
import type { Choice, OutgoingPrompt, PersonMessage } from "../../src/domain/prompt.ts";
import type { AskedReferral } from "../../src/domain/referral.ts";
import type { Session } from "../../src/domain/session.ts";
import type { LogEntry } from "../../src/domain/transcript.ts";
import { loadPlace } from "../../src/places.ts";
import { loadTexts } from "../../src/texts.ts";

export const texts = loadTexts();
export const place = loadPlace("kreis-paderborn");
export const render = createRender({ texts, place, publicUrl: "https://lotse.example" });

/** A Friday at noon, in office hours. */
export const noon = Date.UTC(2026, 10, 20, 11);

export interface Options {
  place?: Place;
  hint?: string;
  at?: number;
  session?: Partial<Session>;
  /** What the host finds to be kept. */
  kept?: KeptData;
}

/** One person's conversation, as a host without a database leads it. */
export class Talk {
  session: Session;
  readonly place: Place;
  readonly hint: string | undefined;
  at: number;
  readonly kept: KeptData;
  outgoing: OutgoingPrompt[] = [];
  log: LogEntry[] = [];
  agreements: StoredAgreement[] = [];
  /** The question about an office that a case manager asked. */
  referral: AskedReferral | undefined;
  readonly lines: string[] = [];

  constructor({ place: where = place, hint = "en", at = noon, session = {}, kept }: Options = {}) {
    this.place = where;
    this.hint = hint === "" ? undefined : hint;
    this.at = at;
    this.kept = kept ?? { cases: [], agreements: [] };
    this.session = {
      contactId: "contact",
      id: "session",
      version: 0,
      language: undefined,
      conversation: { stack: [], token: 0 },
      sent: 0,
      silent: undefined,
      talking: undefined,
      ...session,
    };
  }

  /** `#value` presses a button of the current question, `/x` and everything else is written. */
  say(...all: string[]): this {
    for (const said of all) this.send(contentOf(said, this.session.conversation.token), said);
    return this;
  }

  send(content: Content, shown: string = content.type): Turn {
    this.at += 5_000;
    this.lines.push(`> ${shown}`);
    const message = {
      channel: "telegram" as const,
      at: this.at,
      content,
      ...(this.hint && { languageHint: this.hint }),
    };
    let taken = turn({ session: this.session, message, place: this.place, texts });
    const outgoing = [...taken.outgoing];
    this.#note(taken);
    this.#keep(taken);
    while (taken.request) {
      taken = resume(taken, this.#answerTo(taken.request));
      this.#keep(taken);
      outgoing.push(...taken.outgoing);
      this.#note(taken);
    }
    const { conversation, language, silent, talking } = taken;
    // As it comes back from the database.
    const stored = JSON.parse(JSON.stringify(conversation));
    this.session = { ...this.session, conversation: stored, language, silent, talking };
    this.outgoing = outgoing.filter((message) => message.type === "prompt");
    return taken;
  }

  /** Staff write to the person, as the store keeps it. */
  staffWrites(): this {
    this.lines.push("< (staff write)");
    const { conversation } = this.session;
    this.session = { ...this.session, talking: "case", conversation: { ...conversation, talk: { team: "nord" } } };
    return this;
  }

  /** Keeps what was said of agreements, as the record does. */
  #keep({ effects }: Turn): void {
    for (const { params } of effects) {
      const { purpose, recipient, state, data = [] } = params;
      const id = `record-${this.agreements.length + 1}`;
      const of = { purpose, ...(recipient !== undefined && { recipient }) };
      const text = { textHash: "hash", textVersion: "1", language: "en", channel: "telegram", way: "press" };
      const rest = { schemaVersion: "1", legalBasis: "", place: this.place.id, interpreter: null };
      this.agreements.push({ ...of, ...text, ...rest, id, state, data, at: this.at });
    }
  }

  #answerTo(request: Request): RequestResult {
    const { referral, kept } = this;
    switch (request.type) {
      case "submitIntake": {
        const { case: code } = request.params;
        if (kept.cases.some((one) => one.code === code && one.status === "closed"))
          return { type: "caseOver", code: code ?? "" };
        return { type: "submitted", code: code ?? "K7-42M", due: "2026-11-25", added: code !== undefined };
      }
      case "requestCall":
        return { type: "callRequested", code: "K7-42M", due: "2026-11-23" };
      case "readData":
        return { type: "dataRead", data: kept };
      case "exportData":
        return {
          type: "dataExported",
          files: [
            { id: "1", kind: "page" },
            { id: "2", kind: "data" },
          ],
          hours: 24,
        };
      case "eraseCase":
        return { type: "caseErased", code: request.params.code };
      case "erase":
        return { type: "erased", kept: kept.cases.length > 0 };
      case "readAgreements":
        return { type: "agreementsRead", agreements: knownAgreements(this.agreements, referral ? [referral] : []) };
      case "readReferral":
        return { type: "referralRead", referral: referral?.id === request.params.id ? referral : undefined };
      case "answerReferral":
        return { type: "referralAnswered", stands: referral?.id === request.params.id };
      case "askAboutReferral":
        return { type: "referralNoted" };
    }
  }

  #note({ outgoing, effects, request, log }: Turn): void {
    for (const { type, params } of effects) this.lines.push(`  ! ${type} ${Object.values(params).join(" ")}`);
    for (const message of outgoing) this.lines.push(`  ${lineOf(message)}`);
    if (request) this.lines.push(`  ? ${request.type} ${JSON.stringify(request.params)}`);
    for (const entry of log) {
      if (entry.type === "wrote") this.lines.push(`  to staff: ${entry.text}`);
      if (entry.type === "unseen") this.lines.push(`  to staff: (${entry.kind})`);
    }
    this.log.push(...log);
  }

  get transcript(): string {
    const { stack } = this.session.conversation;
    const open = stack.map(({ flow, value }) => `${flow}.${String(value)}`).join(" > ");
    const { silent, talking } = this.session;
    const state = [open || "nothing", ...(silent ? [silent] : []), ...(talking ? ["talking"] : [])].join(", ");
    return `${this.lines.join("\n")}\n(${state})\n`;
  }
}

/** What has to be said until a question of the intake comes up. */
export const toAgreement = ["/start", "#en", "#help"];
export const toIntake = [...toAgreement, "#yes"];

export function contentOf(said: string, token: number): Content {
  if (said === "/start") return { type: "start" };
  if (said.startsWith("!")) return { type: "press", data: said, ref: "m" };
  if (said.startsWith("#")) return { type: "press", data: toData(token, said.slice(1)), ref: "m" };
  return { type: "words", text: said };
}

/** Languages come with every new file: which there are is not what these tests are about. */
function choicesOf(choices: Choice[], chosen: string[] = []): string {
  const isLanguage = choices.every(({ label }) => typeof label === "object" && label.type === "language");
  return isLanguage
    ? "languages"
    : choices.map(({ value }) => (chosen.includes(value) ? `+${value}` : value)).join(" ");
}

function lineOf(message: PersonMessage): string {
  if (message.type === "file") return `file ${message.prompt.key}`;
  const { prompt, language, updates, token, inTalk } = message;
  const { key, values, lead, choices, chosen, open, page, progress, private: isPrivate } = prompt;
  const variant = values?.context === undefined ? "" : `_${String(values.context)}`;
  return [
    ...(updates === undefined ? [] : ["(updates)"]),
    ...(lead === undefined ? [] : [`(${typeof lead === "object" && "key" in lead ? lead.key : "lead"})`]),
    ...(progress ? [`${progress.step}/${progress.of}`] : []),
    `${key}${variant}`,
    ...(choices ? [`[${choicesOf(choices, chosen)}]`] : []),
    ...(open ? ["[words]"] : []),
    ...(page ? [`page ${page}`] : []),
    ...(isPrivate ? ["private"] : []),
    ...(inTalk ? ["[end]"] : []),
    ...(language === "en" ? [] : [`in ${language}`]),
    ...(token === undefined ? [] : [`#${token}`]),
  ].join(" ");
}
