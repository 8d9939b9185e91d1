import { isDeepStrictEqual } from "node:util";
import { Client, Pool } from "pg";
import type { CaseDetails } from "../../src/domain/case.ts";
import type { LogEntry } from "../../src/domain/transcript.ts";
import { readCase } from "../../src/store/cases.ts";
import { type Keyring, openKeyring } from "../../src/store/keyring.ts";
import { lazyPrisma, type OpenPrisma } from "../../src/store/prisma.ts";
import { unseal } from "../../src/store/seal.ts";
import { type LoadedSession, loadSessions } from "../../src/store/sessions.ts";
import type { Expected } from "./expected.ts";
import type { Person } from "./person.ts";
import type { Verdict } from "./verdict.ts";

/** Opens what the service keeps, as the service reads it. */
export async function openRecords(url: string, encryptionKeys: Buffer[], account: string): Promise<Records> {
  const pool = new Pool({ connectionString: url, max: 4 });
  pool.on("error", () => {});
  const client = new Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  return new Records(pool, client, await openKeyring(pool, ...encryptionKeys), account);
}

/** What the service keeps. */
export class Records {
  readonly pool: Pool;
  readonly #client: Client;
  readonly keyring: Keyring;
  readonly #account: string;
  readonly #prisma: OpenPrisma;

  constructor(pool: Pool, client: Client, keyring: Keyring, account: string) {
    this.pool = pool;
    this.#client = client;
    this.keyring = keyring;
    this.#account = account;
    this.#prisma = lazyPrisma(pool);
  }

  async session(user: number): Promise<LoadedSession | undefined> {
    const hash = this.keyring.hashAddress("telegram", this.#account, String(user));
    const { sessions } = await loadSessions(this.#client, this.keyring, [hash], []);
    return sessions.get(hash.toString("latin1"));
  }

  async case(code: string): Promise<CaseDetails | undefined> {
    return readCase(await this.#prisma(), this.keyring, code);
  }

  /** What is kept for staff of a contact's conversation. */
  async said(contactId: string): Promise<LogEntry[]> {
    const { rows } = await this.pool.query<{ n: number; body: Buffer; data_key: Buffer }>(
      `SELECT m.n, m.body, c.data_key FROM message m JOIN contact c ON c.id = m.contact_id WHERE c.id = $1 ORDER BY m.n`,
      [contactId],
    );
    return rows.flatMap(({ n, body, data_key: key }) => {
      return JSON.parse(unseal(this.keyring.unwrap(key), `message:${contactId}:${n}`, body)) as LogEntry[];
    });
  }

  /** The one value of a query's one row. */
  async value<T>(query: string, values: unknown[] = []): Promise<T | undefined> {
    const { rows } = await this.pool.query({ text: query, values, rowMode: "array" });
    return rows[0]?.[0];
  }

  async close(): Promise<void> {
    await this.#client.end();
    await (await this.#prisma()).$disconnect();
    await this.pool.end();
  }
}

/** Compares what is kept of a person with what is to be kept: session, agreements, case, answers, conversation. */
export async function judgeCase(verdict: Verdict, records: Records, person: Person, expected: Expected): Promise<void> {
  const who = String(person.user);
  const session = await records.session(person.user);
  if (!session) return verdict.add("lost", `${who}: no session`);
  const { pace: _, ...conversation } = session.conversation;
  same(verdict, `${who}: conversation`, conversation, expected.conversation);
  same(verdict, `${who}: language`, session.language, expected.language);
  const { contactId } = session;
  const dropped = await records.value<number>(`SELECT count(*)::int FROM dropped WHERE lane = $1`, [contactId]);
  if (dropped !== 0 && !person.deeds.some(({ type }) => type === "block"))
    verdict.add("lost", `${who}: ${dropped} messages dropped`);
  await judgeAgreements(verdict, records, who, contactId, expected);
  const codes =
    (await records.value<string[]>(`SELECT array_agg(code) FROM case_file WHERE contact_id = $1`, [contactId])) ?? [];
  if (codes.length < expected.answers.length) return verdict.add("lost", `${who}: ${codes.length} cases`);
  if (codes.length > expected.answers.length) return verdict.add("doubled", `${who}: ${codes.length} cases`);
  same(verdict, `${who}: code`, codes, person.code === undefined ? [] : [person.code]);
  for (const code of codes) {
    const found = await records.case(code);
    if (found) judgeAnswers(verdict, who, found, expected);
  }
}

async function judgeAgreements(
  verdict: Verdict,
  records: Records,
  who: string,
  contactId: string,
  { agreements }: Expected,
): Promise<void> {
  const query = `SELECT array_agg(purpose || ' ' || state ORDER BY purpose, state) FROM agreement WHERE contact_id = $1`;
  const found = (await records.value<string[]>(query, [contactId])) ?? [];
  const wanted = agreements.toSorted();
  if (found.length < wanted.length) verdict.add("lost", `${who}: ${found.length} of ${wanted.length} agreements`);
  else if (found.length > wanted.length) verdict.add("doubled", `${who}: ${found.length} agreements`);
  else same(verdict, `${who}: agreements`, found, wanted);
}

function judgeAnswers(verdict: Verdict, who: string, found: CaseDetails, { answers, log }: Expected): void {
  if (found.intakes.length > 1) verdict.add("doubled", `${who}: ${found.intakes.length} intakes`);
  same(verdict, `${who}: answers`, found.intakes[0]?.answers, answers[0]);
  const submitted = found.events.filter(({ kind }) => kind === "submitted").length;
  if (submitted !== 1) verdict.add(submitted > 1 ? "doubled" : "lost", `${who}: ${submitted} times submitted`);
  const talk = found.talk.flatMap(({ entries }) => entries);
  same(verdict, `${who}: conversation kept for staff`, talk, log);
}

function same(verdict: Verdict, what: string, found: unknown, wanted: unknown): void {
  // What is kept has been through JSON, which knows nothing undefined.
  const plain = (value: unknown): unknown => (value === undefined ? null : JSON.parse(JSON.stringify(value)));
  if (isDeepStrictEqual(plain(found), plain(wanted))) return;
  const [one, other] = [String(JSON.stringify(found)), String(JSON.stringify(wanted))];
  let at = 0;
  while (one[at] === other[at] && at < one.length) at++;
  const around = (text: string) => text.slice(Math.max(0, at - 40), at + 80);
  verdict.add("altered", `${what}: …${around(one)}… instead of …${around(other)}…`);
}
