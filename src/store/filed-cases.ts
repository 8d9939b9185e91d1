import { randomInt, randomUUID } from "node:crypto";
import { intakeSchemaVersion } from "../domain/answers.ts";
import type { NoticeCase } from "../domain/case.ts";
import { makeCode } from "../domain/code.ts";
import type { OutgoingCard } from "../domain/prompt.ts";
import { bigints, byteas, ints, texts, uuids } from "./binary.ts";
import { sealAnswers, sealProposals } from "./intake-boxes.ts";
import { cardKey, type RoomLane, sealOutgoing } from "./outbox.ts";
import type { Submission } from "./submit.ts";

/** A new case that is filed with a batch of turns, and its cards for staff's rooms. */
export interface FiledCase {
  id: string;
  code: string;
  submission: Submission;
  cards: { room: RoomLane; message: OutgoingCard }[];
}

/** SQLSTATEs of `file_cases`; each undoes the whole batch. */
export const caseIsOpen = "P0D02";
export const codeIsTaken = "P0D03";
export const roomsChanged = "P0D04";

/** Gives a submission an id and a code. `cardsOf` makes its cards. */
export function newCase(submission: Submission, cardsOf: (found: NoticeCase) => FiledCase["cards"]): FiledCase {
  const { municipality, language, interpreter, answers, priority, at, proposals } = submission;
  const code = makeCode((below) => randomInt(below));
  const cards = cardsOf({
    code,
    municipality: municipality ?? null,
    language,
    interpreter: interpreter ?? null,
    needs: answers.needs ?? [],
    priority,
    submittedAt: new Date(at),
    callAskedAt: null,
    withdrawnAt: null,
    claimedBy: null,
    proposals,
  });
  return { id: randomUUID(), code, submission, cards };
}

/** Cases as `file_cases` takes them, behind the contacts, the owner and the rooms; sealed. */
export function caseArrays(cases: FiledCase[]): Buffer[] {
  const of = (pick: (submission: Submission) => string | null | undefined) =>
    texts(cases.map(({ submission }) => pick(submission) ?? null));
  const first = 1;
  const cards = cases.flatMap(({ code, submission, cards }) => cards.map((card) => ({ ...card, code, submission })));
  return [
    uuids(cases.map(({ submission }) => submission.contactId)),
    uuids(cases.map(({ id }) => id)),
    texts(cases.map(({ code }) => code)),
    of(({ answers }) => answers.forWhom),
    of(({ team }) => team),
    of(({ municipality }) => municipality),
    of(({ language }) => language),
    of(({ interpreter }) => interpreter),
    of(({ answers }) => (answers.needs ?? []).join(",")),
    of(({ priority }) => priority),
    of(({ due }) => due),
    of(({ door }) => door),
    bigints(cases.map(({ submission }) => submission.at)),
    ints(cases.map(() => intakeSchemaVersion)),
    byteas(cases.map(({ id, submission: s }) => sealAnswers(s.dataKey, id, first, s.answers))),
    byteas(cases.map(({ id, submission: s }) => sealProposals(s.dataKey, id, first, s.proposals))),
    uuids(cards.map(({ submission }) => submission.contactId)),
    uuids(cards.map(({ room }) => room.id)),
    texts(cards.map(({ code }) => cardKey(code))),
    byteas(cards.map(({ room, code, message }) => sealOutgoing(room.dataKey, room.id, cardKey(code), message))),
  ];
}
