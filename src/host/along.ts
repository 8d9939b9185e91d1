import { resume, type Turn } from "../conversation/turn.ts";
import { intakeAnswers } from "../domain/answers.ts";
import type { Request } from "../domain/effect.ts";
import type { TurnRows } from "../store/commit.ts";
import { type FiledCase, newCase } from "../store/filed-cases.ts";
import type { Desk } from "./desk.ts";
import { hasConsequences, toAgreement } from "./effects.ts";
import { toSubmission } from "./requests.ts";
import type { Surroundings } from "./surroundings.ts";
import { isDoor, type Taken } from "./take-turns.ts";

/** A turn that was finished, and what a batch writes for it beside messages and session. */
export interface Carried {
  taken: Taken;
  rows: Pick<TurnRows, "agreements" | "filed">;
}

/**
 * Does what a turn asks for where a batch can write it: agreements, and an intake that makes a case of its own.
 * Undefined where it needs to look at the database first, or more than one batch writes.
 */
export function carryAlong(taken: Taken, around: Surroundings, desk: Desk): Carried | undefined {
  const { open, session, after } = taken;
  if (!open) return { taken, rows: {} };
  const { turn, message } = open;
  if (after.silent !== session.silent || after.talking !== session.talking || isDoor(turn, message.content))
    return undefined;
  if (turn.effects.some(({ params }) => hasConsequences(params, session.conversation))) return undefined;
  if (!turn.request) return { taken, rows: { agreements: agreementsOf(turn, taken, around) } };
  if (!makesCase(turn.request, taken)) return undefined;
  const filed = fileCase(turn.request, taken, around, desk);
  const resumed = resume(turn, { type: "submitted", code: filed.code, due: filed.submission.due, added: false });
  if (resumed.request || resumed.silent !== session.silent || resumed.talking !== session.talking) return undefined;
  const agreements = [...agreementsOf(turn, taken, around), ...agreementsOf(resumed, taken, around)];
  return {
    taken: {
      ...taken,
      after: { ...after, conversation: resumed.conversation, language: resumed.language },
      outgoing: [...taken.outgoing, ...resumed.outgoing],
      log: [...taken.log, ...resumed.log],
    },
    rows: { filed, ...(agreements.length > 0 && { agreements }) },
  };
}

type SubmitIntake = Extract<Request, { type: "submitIntake" }>;

/** Whether an intake most likely makes a case of its own. The commit proves it. */
function makesCase(request: Request, { after }: Taken): request is SubmitIntake {
  if (request.type !== "submitIntake" || request.params.case !== undefined) return false;
  // Who was asked about naturalisation has sent an intake before: its case may still be open, and this one belongs to it.
  return request.params.answers.forWhom !== "self" || !after.conversation.naturalisationAsked;
}

function fileCase({ params }: SubmitIntake, taken: Taken, around: Surroundings, desk: Desk): FiledCase {
  const { contactId, dataKey } = taken.session;
  const { conversation, language = "de" } = taken.after;
  const of = { contactId, dataKey, language, at: taken.open?.message.at ?? 0, door: conversation.door };
  const submission = toSubmission(intakeAnswers.parse(params.answers), of, around, false);
  return newCase(submission, (found) => desk.cardsOf(found, submission.team));
}

function agreementsOf({ effects }: Turn, { session, after, open }: Taken, around: Surroundings) {
  if (!open) return [];
  const of = { contactId: session.contactId, language: after.language ?? "de", message: open.message };
  return effects.map(({ params }) => toAgreement(params, of, around));
}
