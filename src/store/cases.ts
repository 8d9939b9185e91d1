import type { IntakeAnswers } from "../domain/answers.ts";
import type { CaseDetails, CaseStatus, CaseSummary } from "../domain/case.ts";
import type { Outcome } from "../domain/outcome.ts";
import type { CaseScope } from "../domain/permission.ts";
import type { Priority } from "../domain/prompt.ts";
import type { ReferralState } from "../domain/referral.ts";
import type { Actor } from "../domain/staff.ts";
import type { Stage } from "../domain/stage.ts";
import type { LogEntry } from "../domain/transcript.ts";
import { openEvent } from "./case-events.ts";
import { openDecision } from "./decisions.ts";
import type { PrismaClient } from "./generated/client.ts";
import { unsealAnswers, unsealProposals } from "./intake-boxes.ts";
import type { Keyring } from "./keyring.ts";
import { unseal } from "./seal.ts";

/** Which cases a list shows: those that nobody has, those of the reader, those of the reader's team, or all. */
export const caseShows = ["open", "mine", "team", "all"] as const;
export type CaseShow = (typeof caseShows)[number];

/** What a list shows to whom, of the cases that they see. Without a team there is nothing of it. */
export type CaseFilter = { show: CaseShow; member: Actor; scope: CaseScope };

/** Cases on one page of the list. */
export const pageSize = 50;

// The newest turns of a talk: more is read by nobody, and a page has an end.
const talkLimit = 400;

const summary = {
  contact: { select: { dataKey: true } },
  contactPerson: { select: { id: true, name: true } },
  intakes: { orderBy: { version: "desc" }, take: 1, select: { version: true, proposals: true } },
} as const;

/** One page (from 0) of cases: the most pressing first, then the oldest; what is over comes last. */
export async function listCases(
  prisma: PrismaClient,
  keyring: Keyring,
  { show, member, scope }: CaseFilter,
  page: number,
): Promise<CaseSummary[]> {
  const { team, people, staffedTeams } = scope;
  const claimers = people.map((id) => `staff:${id}`);
  // Who has a case is told as in `isClaimer`.
  const order = await prisma.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM case_file
    WHERE status = ANY (${statuses[show]})
      AND (${show !== "mine"} OR claimed_by_id = ${member.id}
        OR (coalesce(claimed_by_id, '') NOT LIKE 'staff:%' AND claimed_by = ${member.name}))
      AND (${show !== "team"} OR team = ${team})
      AND (${team}::text = ANY (team || told_teams) OR claimed_by_id = ANY (${claimers}) OR contact_person_id::text = ANY (${people})
        OR (${staffedTeams !== undefined} AND team <> ALL (${staffedTeams ?? []}::text[])))
    ORDER BY status NOT IN ('open', 'claimed'),
      CASE WHEN call_asked_at IS NOT NULL AND status = 'open' THEN 1
        ELSE array_position(ARRAY['urgent', 'high', 'normal'], priority) END,
      submitted_at, id
    LIMIT ${pageSize} OFFSET ${page * pageSize}`;
  const ids = order.map((row) => row.id);
  const found = await prisma.caseFile.findMany({ where: { id: { in: ids } }, include: summary });
  const byId = new Map(found.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    return row ? [toSummary(keyring, row)] : [];
  });
}

/** How many cases there are to show by each filter. */
export async function countCases(
  prisma: PrismaClient,
  { member, scope }: Omit<CaseFilter, "show">,
): Promise<{ [S in CaseShow]: number }> {
  const seen = within(scope);
  const byName = {
    claimedBy: member.name,
    OR: [{ claimedById: null }, { claimedById: { not: { startsWith: "staff:" } } }],
  };
  const own = [{ claimedById: member.id }, byName];
  const { team } = scope;
  const [open, mine, ofTeam, all] = await Promise.all([
    prisma.caseFile.count({ where: { ...seen, status: "open" } }),
    prisma.caseFile.count({ where: { AND: [seen, { OR: own }], status: "claimed" } }),
    team === null ? 0 : prisma.caseFile.count({ where: { AND: [seen, { team }], status: { in: statuses.team } } }),
    prisma.caseFile.count({ where: seen }),
  ]);
  return { open, mine, team: ofTeam, all };
}

/** The rule of `sees` in `src/domain/permission.ts` as a condition. */
function within({ team, people, staffedTeams }: CaseScope) {
  return {
    OR: [
      ...(team === null ? [] : [{ team }, { toldTeams: { has: team } }]),
      { claimedById: { in: people.map((id) => `staff:${id}`) } },
      { contactPersonId: { in: people } },
      ...(staffedTeams ? [{ team: { notIn: staffedTeams } }] : []),
    ],
  };
}
const statuses: { [S in CaseShow]: CaseStatus[] } = {
  open: ["open"],
  mine: ["claimed"],
  team: ["open", "claimed"],
  all: ["open", "claimed", "closed", "erased"],
};

/** One case by its code, opened; or nothing. */
export async function readCase(prisma: PrismaClient, keyring: Keyring, code: string): Promise<CaseDetails | undefined> {
  const row = await prisma.caseFile.findUnique({
    where: { code },
    include: {
      contact: {
        select: {
          id: true,
          dataKey: true,
          session: { select: { silent: true, language: true } },
          messages: { orderBy: { n: "desc" }, take: talkLimit },
        },
      },
      contactPerson: { select: { id: true, name: true } },
      intakes: { orderBy: { version: "desc" }, include: { decisions: { orderBy: { at: "asc" } } } },
      events: { orderBy: [{ at: "asc" }, { version: "asc" }] },
      coveredFor: { select: { name: true } },
      referrals: { orderBy: { askedAt: "desc" } },
    },
  });
  if (!row) return undefined;
  const { contact } = row;
  const key = contact && keyring.unwrap(contact.dataKey);
  return {
    ...toSummary(keyring, row),
    team: row.team,
    door: row.door,
    forWhom: row.forWhom,
    ...(row.coveredFor && { coveredFor: row.coveredFor.name }),
    dueOn: row.dueOn.toISOString().slice(0, 10),
    intakes: key
      ? row.intakes.map(({ version, submittedAt, answers, proposals }) => ({
          version,
          submittedAt,
          answers: shownAnswers(row, unsealAnswers(key, row.id, version, answers)),
          proposals: row.withdrawnAt ? [] : unsealProposals(key, row.id, version, proposals),
        }))
      : [],
    version: row.version,
    outcome: row.outcome as Outcome | null,
    closedAt: row.closedAt,
    interpreterDoneAt: row.interpreterDoneAt,
    signedAt: row.signedAt,
    unreachable: contact?.session ? (contact.session.silent as "blocked" | "stopped" | null) : "gone",
    languageNow: contact?.session?.language ?? "de",
    decisions:
      key && !row.withdrawnAt
        ? row.intakes
            .toReversed()
            .flatMap((intake) => intake.decisions)
            .map((decision) => openDecision(key, decision))
        : [],
    events: row.events.map((event) => openEvent(row.withdrawnAt ? null : key, row.id, event)),
    referrals: row.referrals.map(({ state, intakeVersion, handedOverOn, ...referral }) => ({
      ...referral,
      state: state as ReferralState,
      version: intakeVersion,
      handedOverOn: handedOverOn?.toISOString().slice(0, 10) ?? null,
    })),
    talk:
      key && !row.withdrawnAt
        ? contact.messages
            .map(({ n, at, body }) => ({
              at,
              entries: JSON.parse(unseal(key, `message:${contact.id}:${n}`, body)) as LogEntry[],
            }))
            .reverse()
        : [],
  };
}

/** Of an agreement that was taken back nothing is shown, but where to call whoever still wants that. */
function shownAnswers(
  { withdrawnAt, callAskedAt }: Pick<CaseSummary, "withdrawnAt" | "callAskedAt">,
  answers: IntakeAnswers,
): IntakeAnswers {
  if (!withdrawnAt) return answers;
  const { forWhom, phone, safeTime } = answers;
  return callAskedAt ? { forWhom, ...(phone && { phone }), ...(safeTime && { safeTime }) } : { forWhom };
}

type Row = Omit<CaseSummary, "proposals" | "versions" | "priority" | "status" | "stage" | "unread" | "expired"> & {
  id: string;
  outcome: string | null;
  priority: string;
  stage: string | null;
  status: string;
  lastPersonAt: Date | null;
  talkReadAt: Date | null;
  contact: { dataKey: Uint8Array } | null;
  intakes: { version: number; proposals: Uint8Array }[];
};

function toSummary(keyring: Keyring, row: Row): CaseSummary {
  const { code, municipality, language, submittedAt, callAskedAt, withdrawnAt } = row;
  const { claimedBy, claimedById, claimedAt, contactPerson } = row;
  const [latest] = row.intakes;
  const key = row.contact && !withdrawnAt && keyring.unwrap(row.contact.dataKey);
  return {
    code,
    status: row.status as CaseStatus,
    municipality: withdrawnAt ? null : municipality,
    language,
    interpreter: withdrawnAt ? null : row.interpreter,
    needs: withdrawnAt ? [] : row.needs,
    priority: row.priority as Priority,
    submittedAt,
    callAskedAt,
    withdrawnAt,
    claimedBy,
    claimedById,
    claimedAt,
    stage: row.stage as Stage | null,
    contactPerson,
    proposals: key && latest ? unsealProposals(key, row.id, latest.version, latest.proposals) : [],
    versions: latest?.version ?? 0,
    unread: row.lastPersonAt !== null && row.lastPersonAt > (row.talkReadAt ?? new Date(0)),
    ...(row.status === "erased" && row.outcome === "expired" && { expired: true }),
  };
}
