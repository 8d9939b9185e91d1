import { randomBytes, randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { makeEndTalk } from "../../src/conversation/after-talk.ts";
import { makePrepared } from "../../src/conversation/prepared.ts";
import { createRender } from "../../src/conversation/render.ts";
import type { IntakeAnswers } from "../../src/domain/answers.ts";
import type { Conversation } from "../../src/domain/session.ts";
import type { StaffDetails } from "../../src/domain/staff.ts";
import type { LogEntry } from "../../src/domain/transcript.ts";
import type { Proposal } from "../../src/domain/triage.ts";
import { loadPlace } from "../../src/places.ts";
import type { StaffPlace } from "../../src/staff/place.ts";
import type { StaffOptions } from "../../src/staff/site.ts";
import { staffTexts } from "../../src/staff/texts.ts";
import { sealAnswers, sealProposals } from "../../src/store/intake-boxes.ts";
import { type Keyring, newDataKey, openKeyring } from "../../src/store/keyring.ts";
import { addressOf } from "../../src/store/lanes.ts";
import { lazyPrisma } from "../../src/store/prisma.ts";
import { seal } from "../../src/store/seal.ts";
import { sealConversation } from "../../src/store/sessions.ts";
import { addStaff } from "../../src/store/staff.ts";
import { makeStaffLink, type StaffMember } from "../../src/store/staff-sessions.ts";
import { loadTexts } from "../../src/texts.ts";

const texts = loadTexts();
/** What people read is of a real place. */
const whole = loadPlace("kreis-paderborn");
/** The staff's texts as the service has them. */
export const german = staffTexts(texts);

const keys = new WeakMap<Pool, Promise<Keyring>>();

/** The keyring of a test's database, opened once. */
export function keyringOf(pool: Pool): Promise<Keyring> {
  const keyring = keys.get(pool) ?? openKeyring(pool, randomBytes(32));
  keys.set(pool, keyring);
  return keyring;
}

/** A small place with two towns and two offices. */
export const place: StaffPlace = {
  name: "Kreis Paderborn",
  municipalities: {
    delbrueck: { name: "Delbrück", postcodes: ["33129"], region: "nord" },
    paderborn: { name: "Paderborn", postcodes: ["33098"], region: "stadt" },
  },
  offices: {
    jobcenter: {
      authorities: ["jobcenter"],
      name: "Jobcenter Kreis Paderborn",
      address: "Beispielstraße 1, 33098 Paderborn",
      phone: "05251 000001",
      hours: [{ days: ["mon", "tue"], from: "08:00", to: "12:00" }],
      bring: { de: "Ausweis oder Pass", uk: "Посвідчення особи або паспорт" },
    },
    kim: { authorities: ["kim"], name: { de: "KIM Kreis Paderborn", en: "KIM of the district" } },
  },
  regions: { nord: { name: "Nord", team: "nord" }, stadt: { name: "Stadt", team: "stadt" } },
  teams: { nord: { name: "Team Nord" }, stadt: { name: "Team Stadt" }, koordination: { name: "KIM-Koordination" } },
  coordination: "koordination",
  languages: ["de", "uk", "ar"],
  retention: whole.retention,
  answer_within: { urgent: 0, high: 1, normal: 3 },
  partners: {},
  rooms: { page: "triage", encrypted: "triage", open: "minimal" },
  trial: true,
  phone: { number: "05251 000000", example: true },
  legal: loadPlace("kreis-paderborn").legal,
};

/** What the staff pages are given in tests; `woken` are the lanes they had sent. */
export async function options(pool: Pool) {
  const woken: string[][] = [];
  const delivered: number[] = [];
  const listeners = new Set<() => void>();
  const given: StaffOptions = {
    pool,
    prisma: lazyPrisma(pool),
    keyring: await keyringOf(pool),
    publicUrl: "http://localhost:3000",
    place,
    texts,
    words: {
      text: (key, values) => `${key} ${Object.values(values ?? {}).join(" ")}`.trim(),
      value: (value) => (typeof value === "object" && "key" in value ? (german.find(value.key) ?? value.key) : "?"),
    },
    render: createRender({ texts, place: whole, publicUrl: "http://localhost:3000" }),
    talk: { prepared: makePrepared(whole), end: makeEndTalk(whole, texts), languages: whole.languages },
    unreviewed: ["uk", "ar", "de-simple"],
    channels: async () => [{ name: "web", trouble: undefined }],
    changes: {
      onChange(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    owner: () => 1,
    deliverReferrals() {
      delivered.push(Date.now());
    },
    changed(lanes) {
      woken.push(lanes);
      for (const listener of listeners) listener();
    },
  };
  return { given, woken, delivered, listeners };
}

/** A case manager of the team that the stage's cases belong to, as a page is given them. */
export const member: StaffMember = {
  id: "00000000-0000-4000-8000-000000000001",
  name: "Anna",
  roles: ["case_manager"],
  team: "nord",
};

/** Finds or makes a colleague by name; a case manager of the team "nord" unless told otherwise. */
export async function addColleague(pool: Pool, name: string, given: Partial<StaffDetails> = {}): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(`SELECT id FROM staff WHERE name = $1`, [name]);
  if (rows[0]) return rows[0].id;
  return addStaff(pool, await keyringOf(pool), {
    ...{ name, showName: false, email: null, employer: null, languages: [], share: 100 },
    ...{ team: "nord", roles: ["case_manager"] },
    ...given,
  });
}

/** Makes the link that signs a colleague in, and the colleague where there is none. */
export async function linkFor(pool: Pool, name: string, given: Partial<StaffDetails> = {}): Promise<string> {
  return (await makeStaffLink(pool, await addColleague(pool, name, given), 60)) ?? "";
}

export const jobcenterProposal: Proposal = {
  rule: "ua_before_cutoff",
  authority: "jobcenter",
  office: "jobcenter",
  legalArea: "sgb2",
  reason: "reason.ua_before_cutoff",
  values: {},
  basis: "§ 74 SGB II",
  priority: "normal",
  review: true,
};

export interface CaseSeed {
  code: string;
  priority?: "urgent" | "high" | "normal";
  /** Minutes ago. */
  age?: number;
  claimedBy?: string;
  /** Default: as signed in on the page under that name. */
  claimedById?: string;
  team?: string;
  call?: boolean;
  language?: string;
  interpreter?: string | null;
  municipality?: string | null;
  /** One a version, the oldest first. */
  answers?: IntakeAnswers[];
  proposals?: Proposal[];
  talk?: LogEntry[][];
  channel?: "telegram" | "web";
  account?: string;
  address?: string;
  silent?: "blocked" | "stopped";
  conversation?: Partial<Conversation>;
}

/** Writes a case with its contact and session as the service does. */
export async function addCase(pool: Pool, seed: CaseSeed): Promise<{ id: string; contactId: string }> {
  const keyring = await keyringOf(pool);
  const [id, contactId, key] = [randomUUID(), randomUUID(), newDataKey()];
  const versions = seed.answers ?? [{ forWhom: "self", needs: ["benefits", "language"], where: "delbrueck" }];
  const at = new Date(Date.now() - (seed.age ?? 1) * 60_000);
  await pool.query(`INSERT INTO contact (id, channel, address_hash, address, data_key) VALUES ($1, $5, $2, $3, $4)`, [
    contactId,
    keyring.hashAddress(seed.channel ?? "telegram", seed.account ?? "1", seed.address ?? contactId),
    seal(key, addressOf.contact(contactId), seed.address ?? "chat-4711"),
    keyring.wrap(key),
    seed.channel ?? "telegram",
  ]);
  const home = { flow: "home", version: 1, value: "main", context: { answers: {} } };
  await pool.query(
    `INSERT INTO session (contact_id, id, version, language, conversation, sent, silent, updated_at)
      VALUES ($1, $2, $3, $4, $5, 0, $6, now())`,
    [
      contactId,
      randomUUID(),
      seed.talk?.length ?? 1,
      seed.language ?? "uk",
      sealConversation(key, contactId, { stack: [home], token: 1, agreed: true, ...seed.conversation }),
      seed.silent ?? null,
    ],
  );
  await pool.query(
    `INSERT INTO case_file (id, code, contact_id, for_whom, team, municipality, language, interpreter, needs, priority,
       status, call_asked_at, claimed_by, claimed_by_id, claimed_at, submitted_at, due_on)
     VALUES ($1, $2, $3, 'self', $15, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, '2026-11-25')`,
    [
      id,
      seed.code,
      contactId,
      seed.municipality === undefined ? "delbrueck" : seed.municipality,
      seed.language ?? "uk",
      seed.interpreter === undefined ? "uk" : seed.interpreter,
      versions.at(-1)?.needs ?? [],
      seed.priority ?? "normal",
      seed.claimedBy ? "claimed" : "open",
      seed.call ? at : null,
      seed.claimedBy ?? null,
      seed.claimedBy ? (seed.claimedById ?? `staff:${await addColleague(pool, seed.claimedBy)}`) : null,
      seed.claimedBy ? at : null,
      at,
      seed.team ?? "nord",
    ],
  );
  for (const [index, answers] of versions.entries()) {
    const version = index + 1;
    await pool.query(
      `INSERT INTO intake (case_id, version, schema, answers, proposals, submitted_at) VALUES ($1, $2, 1, $3, $4, $5)`,
      [
        id,
        version,
        sealAnswers(key, id, version, answers),
        sealProposals(key, id, version, seed.proposals ?? [jobcenterProposal]),
        new Date(at.getTime() + index * 1000),
      ],
    );
  }
  await pool.query(`INSERT INTO case_event (case_id, at, kind) VALUES ($1, $2, 'submitted')`, [id, at]);
  for (const [index, entries] of (seed.talk ?? []).entries()) {
    await pool.query(`INSERT INTO message (contact_id, n, at, body) VALUES ($1, $2, $3, $4)`, [
      contactId,
      index + 1,
      new Date(at.getTime() + index * 20_000),
      seal(key, `message:${contactId}:${index + 1}`, JSON.stringify(entries)),
    ]);
  }
  return { id, contactId };
}
