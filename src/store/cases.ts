import type { IntakeAnswers } from "../domain/answers.ts";
import type { CaseDetails, CaseStatus, CaseSummary } from "../domain/case.ts";
import type { Priority } from "../domain/prompt.ts";
import type { ReferralState } from "../domain/referral.ts";
import type { LogEntry } from "../domain/transcript.ts";
import type { PrismaClient } from "./generated/client.ts";
import { unsealAnswers, unsealProposals } from "./intake-boxes.ts";
import type { Keyring } from "./keyring.ts";
import { unseal } from "./seal.ts";

/** Which cases a list shows: those that nobody has, those of one member of staff, or all. */
export type CaseFilter = { show: "open" | "mine" | "all"; member: string };

/** Cases on one page of the list. */
export const pageSize = 50;

// The newest turns of a talk: more is read by nobody, and a page has an end.
const talkLimit = 400;

const summary = {
  contact: { select: { dataKey: true } },
  intakes: { orderBy: { version: "desc" }, take: 1, select: { version: true, proposals: true } },
} as const;

/** One page (from 0) of cases: the most pressing first, then the oldest; what is over comes last. */
export async function listCases(
  prisma: PrismaClient,
  keyring: Keyring,
  { show, member }: CaseFilter,
  page: number,
): Promise<CaseSummary[]> {
  const statuses = { open: ["open"], mine: ["claimed"], all: ["open", "claimed", "closed", "erased"] }[show];
  const claimedBy = show === "mine" ? member : null;
  const order = await prisma.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM case_file
    WHERE status = ANY (${statuses}) AND (${claimedBy}::text IS NULL OR claimed_by = ${claimedBy})
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
export async function countCases(prisma: PrismaClient, member: string): Promise<{ [S in CaseFilter["show"]]: number }> {
  const [open, mine, all] = await Promise.all([
    prisma.caseFile.count({ where: { status: "open" } }),
    prisma.caseFile.count({ where: { status: "claimed", claimedBy: member } }),
    prisma.caseFile.count(),
  ]);
  return { open, mine, all };
}

/** One case by its code, opened; or nothing. */
export async function readCase(prisma: PrismaClient, keyring: Keyring, code: string): Promise<CaseDetails | undefined> {
  const row = await prisma.caseFile.findUnique({
    where: { code },
    include: {
      contact: { select: { id: true, dataKey: true, messages: { orderBy: { n: "desc" }, take: talkLimit } } },
      intakes: { orderBy: { version: "desc" } },
      events: { orderBy: { at: "asc" } },
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
    events: row.events.map(({ at, kind, by, facts }) => ({
      at,
      kind,
      by,
      facts: (facts ?? {}) as { [name: string]: string },
    })),
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

type Row = Omit<CaseSummary, "proposals" | "versions" | "priority" | "status" | "unread"> & {
  id: string;
  priority: string;
  status: string;
  lastPersonAt: Date | null;
  talkReadAt: Date | null;
  contact: { dataKey: Uint8Array } | null;
  intakes: { version: number; proposals: Uint8Array }[];
};

function toSummary(keyring: Keyring, row: Row): CaseSummary {
  const { code, municipality, language, submittedAt, callAskedAt, withdrawnAt, claimedBy, claimedAt } = row;
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
    claimedAt,
    proposals: key && latest ? unsealProposals(key, row.id, latest.version, latest.proposals) : [],
    versions: latest?.version ?? 0,
    unread: row.lastPersonAt !== null && row.lastPersonAt > (row.talkReadAt ?? new Date(0)),
  };
}
