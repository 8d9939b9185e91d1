import type { PoolClient } from "pg";
import { type IntakeAnswers, intakeAnswers, interpretedCodes } from "../domain/answers.ts";
import type { ChannelName } from "../domain/channel.ts";
import type { Request, RequestResult } from "../domain/effect.ts";
import { dueDay } from "../domain/hours.ts";
import { knownAgreements } from "../domain/known-agreement.ts";
import { municipalityOf, teamOf } from "../domain/team.ts";
import { priorityOf, propose } from "../domain/triage.ts";
import { readAgreements } from "../store/agreements.ts";
import { eraseContent } from "../store/erase.ts";
import { eraseCase } from "../store/erase-case.ts";
import { readKeptData } from "../store/kept-data.ts";
import { answerReferral, noteQuestion, referralsOf, showReferral } from "../store/referral-answers.ts";
import type { Key } from "../store/seal.ts";
import { openCaseOf, resubmit, type Submission, type SubmittedCase, submit } from "../store/submit.ts";
import { exportData } from "./export-data.ts";
import type { Surroundings } from "./surroundings.ts";

/** A case that staff shall hear of; `changed`: new answers came to one that they have already. */
export type CaseNews =
  | { type: "sent"; caseId: string; team: string; changed: boolean }
  /** The rooms that show it shall show it as it is now. */
  | { type: "updated"; caseId: string }
  /** The rooms that show it shall show it no longer. */
  | { type: "erased"; caseId: string };

/** Of whose turn a request is, and how staff hear of it. */
export interface RequestOf {
  contactId: string;
  dataKey: Key;
  channel: ChannelName;
  language: string;
  /** When the message was sent (ms). */
  at: number;
  /** Code of the partner whose link the person came by. */
  door: string | undefined;
  /** Writes cards into the rooms' lanes, within the transaction. */
  notify(client: PoolClient, news: CaseNews): Promise<void>;
}

type Answer<T extends Request["type"]> = (
  client: PoolClient,
  params: Extract<Request, { type: T }>["params"],
  of: RequestOf,
  around: Surroundings,
) => Promise<RequestResult>;

/** How each request is answered, within the turn's transaction. */
const requests: { [T in Request["type"]]: Answer<T> } = {
  async submitIntake(client, { answers, case: code }, of, around) {
    const { submitted, due } = await file(client, intakeAnswers.parse(answers), of, around, { call: false, code });
    if (!submitted) return { type: "caseOver", code: code ?? "" };
    return { type: "submitted", code: submitted.code, due, added: submitted.added };
  },

  async requestCall(client, { phone, safeTime }, of, around) {
    const open = await openCaseOf(client, of.contactId, of.dataKey);
    const told = { ...(open?.answers ?? { forWhom: "self" }), reach: "phone", phone, safeTime };
    const { submitted, due } = await file(client, intakeAnswers.parse(told), of, around, { call: true });
    return { type: "callRequested", code: submitted?.code ?? "", due };
  },

  async erase(client, _, { contactId, notify }) {
    const cases = await eraseContent(client, contactId);
    for (const caseId of cases) await notify(client, { type: "erased", caseId });
    return { type: "erased", kept: cases.length > 0 };
  },

  async eraseCase(client, { code }, { contactId, notify }) {
    const caseId = await eraseCase(client, contactId, code);
    if (caseId !== undefined) await notify(client, { type: "erased", caseId });
    return { type: "caseErased", code, ...(caseId !== undefined && { caseId }) };
  },

  async readData(client, _, { contactId, dataKey }) {
    return { type: "dataRead", data: await readKeptData(client, dataKey, contactId) };
  },

  async exportData(client, _, of, around) {
    const hours = around.place.retention.file_hours;
    return { type: "dataExported", files: await exportData(client, of, around), hours };
  },

  async readAgreements(client, _, { contactId }) {
    const events = await readAgreements(client, contactId);
    return { type: "agreementsRead", agreements: knownAgreements(events, await referralsOf(client, contactId)) };
  },

  async readReferral(client, { id }, of) {
    return { type: "referralRead", referral: await showReferral(client, of, id) };
  },

  async answerReferral(client, { id, yes }, { contactId, notify }) {
    const cases = await answerReferral(client, contactId, id, yes);
    for (const caseId of cases) await notify(client, { type: "updated", caseId });
    return { type: "referralAnswered", stands: cases.length > 0 };
  },

  async askAboutReferral(client, { id }, { contactId, notify }) {
    for (const caseId of await noteQuestion(client, contactId, id)) await notify(client, { type: "updated", caseId });
    return { type: "referralNoted" };
  },
};

/** Answers a request of a turn. What it writes stands only with the turn. */
export function answerRequest(
  client: PoolClient,
  request: Request,
  of: RequestOf,
  around: Surroundings,
): Promise<RequestResult> {
  switch (request.type) {
    case "submitIntake":
      return requests.submitIntake(client, request.params, of, around);
    case "requestCall":
      return requests.requestCall(client, request.params, of, around);
    case "erase":
      return requests.erase(client, request.params, of, around);
    case "eraseCase":
      return requests.eraseCase(client, request.params, of, around);
    case "readData":
      return requests.readData(client, request.params, of, around);
    case "exportData":
      return requests.exportData(client, request.params, of, around);
    case "readAgreements":
      return requests.readAgreements(client, request.params, of, around);
    case "readReferral":
      return requests.readReferral(client, request.params, of, around);
    case "answerReferral":
      return requests.answerReferral(client, request.params, of, around);
    case "askAboutReferral":
      return requests.askAboutReferral(client, request.params, of, around);
  }
}

/** Files answers: to the case with the code, where one is given and takes them; else as `submit` finds. */
async function file(
  client: PoolClient,
  answers: IntakeAnswers,
  of: RequestOf,
  around: Surroundings,
  { call, code }: { call: boolean; code?: string | undefined },
): Promise<{ submitted: SubmittedCase | undefined; due: string }> {
  const submission = toSubmission(answers, of, around, call);
  const submitted = code === undefined ? await submit(client, submission) : await resubmit(client, submission, code);
  if (!submitted) return { submitted, due: submission.due };
  await of.notify(client, { type: "sent", caseId: submitted.caseId, team: submission.team, changed: submitted.added });
  return { submitted, due: submission.due };
}

/** What answers come to: proposals, priority, who is told, and by when. `call`: the person asks to be called. */
export function toSubmission(
  answers: IntakeAnswers,
  { contactId, dataKey, language, at, door }: Omit<RequestOf, "notify" | "channel">,
  { place, staffed }: Surroundings,
  call: boolean,
): Submission {
  const proposals = propose(place, answers, at);
  const priority = call ? "urgent" : priorityOf(proposals);
  return {
    contactId,
    dataKey,
    language,
    at,
    door,
    answers,
    proposals,
    team: teamOf(place, answers, staffed?.()),
    municipality: municipalityOf(place, answers),
    interpreter: interpreterOf(answers, language),
    priority,
    due: dueDay(place, priority, at),
    call,
  };
}

function interpreterOf({ interpreter, interpreterLanguage = "" }: IntakeAnswers, language: string): string | undefined {
  if (interpreter === "yes") return language;
  if (interpreter !== "other") return undefined;
  // A language that was written in words stays among the sealed answers: rooms show what stands here.
  return interpretedCodes.includes(interpreterLanguage) ? interpreterLanguage : "other";
}
