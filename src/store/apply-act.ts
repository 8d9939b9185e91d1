import type { PoolClient } from "pg";
import type { CaseFacts, CaseStatus } from "../domain/case.ts";
import type { CaseAct } from "../domain/case-act.ts";
import type { ActMakers, ActOrder, LockedCase } from "./case-acts.ts";
import { findCaseManager } from "./case-managers.ts";
import { claimerId } from "./colleagues.ts";
import { writeToContact } from "./contact-lane.ts";
import { findDecision, markTold, recordDecision } from "./decisions.ts";
import { unsealProposals } from "./intake-boxes.ts";
import type { Keyring } from "./keyring.ts";

/** Why an act is not done though its form was right: `same`, it is so already; the others say what is missing. */
export type Refusal = "same" | "colleague" | "gone" | "silent" | "language" | "office" | "told";

/** Columns of a case that acts set. */
export interface CaseColumns {
  status: CaseStatus;
  team: string;
  claimed_by: string | null;
  claimed_by_id: string | null;
  claimed_at: Date | null;
  contact_person_id: string | null;
  stage: string;
  outcome: string | null;
  closed_at: Date | null;
  interpreter_done_at: Date | null;
  signed_at: Date | null;
}

/** What an act did, to be kept with the case. */
export interface Applied {
  type: "applied";
  /** Of the entry in the history. */
  kind: string;
  columns?: Partial<CaseColumns>;
  facts?: CaseFacts;
  words?: string;
  /** The team that it came to, whose rooms show it from now on. */
  newTeam?: string;
  /** The case leaves whoever talks with the person: an open talk is over. */
  endsTalk?: true;
  /** The contact that was written to. */
  written?: string;
}

type Result = Applied | { type: "refused"; why: Refusal };
type Apply<T extends CaseAct["type"]> = (
  act: Extract<CaseAct, { type: T }>,
  given: { client: PoolClient; keyring: Keyring; found: LockedCase; order: ActOrder; makers: ActMakers },
) => Result | Promise<Result>;

const free = { status: "open", claimed_by: null, claimed_by_id: null, claimed_at: null } as const;

/** How each act changes a case. A new act does not compile until it is listed here. */
const acts: { [T in CaseAct["type"]]: Apply<T> } = {
  handBack: ({ reason }) => ({ type: "applied", kind: "handed_back", columns: free, words: reason, endsTalk: true }),

  async handOver({ to, words }, { client, found, order }) {
    if ("team" in to) {
      if (found.status === "open" && found.team === to.team) return refused("same");
      const columns = { ...free, team: to.team };
      const facts = { team: to.team };
      return { type: "applied", kind: "handed_to_team", columns, facts, words, newTeam: to.team, endsTalk: true };
    }
    const colleague = await findCaseManager(client, to.staff);
    if (!colleague) return refused("colleague");
    const id = claimerId(colleague.id);
    if (found.status === "claimed" && found.claimedById === id) return refused("same");
    const claim = { claimed_by: colleague.name, claimed_by_id: id, claimed_at: order.at };
    const facts = { staff: colleague.id, name: colleague.name };
    return { type: "applied", kind: "handed_over", columns: { status: "claimed", ...claim }, facts, words };
  },

  async contactPerson({ staff }, { client, found }) {
    if (staff === found.contactPersonId) return refused("same");
    if (staff === null) return { type: "applied", kind: "contact_person_ended", columns: { contact_person_id: null } };
    const colleague = await findCaseManager(client, staff);
    if (!colleague) return refused("colleague");
    const facts = { staff, name: colleague.name };
    return { type: "applied", kind: "contact_person", columns: { contact_person_id: staff }, facts };
  },

  stage: ({ stage }, { found }) =>
    stage === found.stage ? refused("same") : { type: "applied", kind: "stage", columns: { stage }, facts: { stage } },

  close: ({ outcome, words }, { order }) => ({
    type: "applied",
    kind: "closed",
    columns: { status: "closed", outcome, closed_at: order.at },
    facts: { outcome },
    words,
    endsTalk: true,
  }),

  reopen: ({ reason }) => ({
    type: "applied",
    kind: "reopened",
    columns: { ...free, outcome: null, closed_at: null },
    words: reason,
  }),

  interpreter: ({ done }, { order }) => ({
    type: "applied",
    kind: done ? "interpreter_done" : "interpreter_open",
    columns: { interpreter_done_at: done ? order.at : null },
  }),

  signed: ({ on }) => ({
    type: "applied",
    kind: on ? "signed" : "unsigned",
    // Noon: the same calendar day wherever it is read.
    columns: { signed_at: on ? new Date(`${on}T12:00:00Z`) : null },
    ...(on && { facts: { on } }),
  }),

  async decide({ intake, rule, verdict }, { client, found, order }) {
    if (!found.key) return refused("gone");
    const { rows } = await client.query<{ version: number; proposals: Buffer }>(
      `SELECT version, proposals FROM intake WHERE case_id = $1 ORDER BY version DESC LIMIT 1`,
      [found.id],
    );
    const [latest] = rows;
    const proposals = latest ? unsealProposals(found.key, found.id, latest.version, latest.proposals) : [];
    const proposal = proposals.find((one) => one.rule === rule);
    if (latest?.version !== intake || !proposal) return refused("gone");
    const proposed = proposal.office ?? null;
    const kind = verdict.type === "confirm" ? "confirmed" : "changed";
    const office = verdict.type === "confirm" ? proposed : verdict.office;
    if (kind === "changed" && office === proposed) return refused("same");
    const reason = verdict.type === "confirm" ? "" : verdict.reason;
    const { at, by } = order;
    const made = { caseId: found.id, intakeVersion: intake, kind, at, by, rule, proposed, office, reason } as const;
    await recordDecision(client, found.key, made);
    return { type: "applied", kind: kind === "confirmed" ? "proposal_confirmed" : "proposal_changed" };
  },

  async tell({ decision: id, language }, { client, found, order, makers }) {
    const { key, contact } = found;
    if (!key || !contact) return refused("gone");
    if (contact.silent) return refused("silent");
    if (contact.language !== language) return refused("language");
    const decision = await findDecision(client, key, found.id, id);
    if (!decision) return refused("gone");
    if (decision.toldAt) return refused("told");
    const told = decision.office ? makers.tellOffice(decision.office, found.code, language) : undefined;
    if (!told) return refused("office");
    if (!(await writeToContact(client, contact, order.owner, [told.message], told.log))) return refused("silent");
    await markTold(client, id, order.at, order.by);
    return { type: "applied", kind: "office_told", written: contact.contactId };
  },
};

/** Changes a locked case by an act, or says why not. */
export function applyAct(
  client: PoolClient,
  keyring: Keyring,
  found: LockedCase,
  order: ActOrder,
  makers: ActMakers,
): Promise<Result> {
  const apply = acts[order.act.type] as Apply<CaseAct["type"]>;
  return Promise.resolve(apply(order.act as never, { client, keyring, found, order, makers }));
}

function refused(why: Refusal): Result {
  return { type: "refused", why };
}
