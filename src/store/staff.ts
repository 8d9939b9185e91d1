import { randomUUID } from "node:crypto";
import type { ClientBase, Pool, PoolClient } from "pg";
import type { Role, StaffDetails } from "../domain/staff.ts";
import type { Keyring } from "./keyring.ts";
import { inTransaction } from "./pool.ts";
import { seal, unseal } from "./seal.ts";

/** A colleague as an administrator sees them. Days are calendar days, `2026-11-25`. */
export interface StaffRecord extends StaffDetails {
  id: string;
  absentFrom: string | null;
  absentUntil: string | null;
  coverId: string | null;
  createdAt: Date;
  endedAt: Date | null;
}

/** How a change went. Somebody must stay who can change things: the last administrator is neither ended nor demoted. */
export type StaffChange = { type: "done" } | { type: "unknown" } | { type: "last_administrator" };

type Sealing = Pick<Keyring, "staffKey">;

const select = `SELECT id, name, show_name AS "showName", email, employer, team, languages, roles, share,
  to_char(absent_from, 'YYYY-MM-DD') AS "absentFrom", to_char(absent_until, 'YYYY-MM-DD') AS "absentUntil",
  cover_id AS "coverId", created_at AS "createdAt", ended_at AS "endedAt" FROM staff`;

/** All colleagues by name, those who left at the end. */
export async function listStaff(db: Pool | ClientBase, keyring: Sealing): Promise<StaffRecord[]> {
  const { rows } = await db.query<Row>(`${select} ORDER BY ended_at IS NOT NULL, lower(name), id`);
  return rows.map((row) => toRecord(keyring, row));
}

/** One colleague, or nothing. */
export async function findStaff(pool: Pool, keyring: Sealing, id: string): Promise<StaffRecord | undefined> {
  const { rows } = await pool.query<Row>(`${select} WHERE id::text = $1`, [id]);
  return rows[0] && toRecord(keyring, rows[0]);
}

/** Makes the record of a new colleague, and returns its id. */
export async function addStaff(db: Pool | ClientBase, keyring: Sealing, details: StaffDetails): Promise<string> {
  const id = randomUUID();
  await db.query(
    `INSERT INTO staff (id, name, show_name, email, employer, team, languages, roles, share)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, ...columns(keyring, id, details)],
  );
  return id;
}

/** Changes the record of somebody who is still there. */
export async function changeStaff(
  pool: Pool,
  keyring: Sealing,
  id: string,
  details: StaffDetails,
): Promise<StaffChange> {
  return keepingAdministrator(pool, id, !details.roles.includes("administrator"), (client) =>
    client.query(
      `UPDATE staff SET name = $2, show_name = $3, email = $4, employer = $5, team = $6, languages = $7, roles = $8,
         share = $9 WHERE id = $1`,
      [id, ...columns(keyring, id, details)],
    ),
  );
}

/** Ends somebody's work here: links and sessions die with the same commit, and they cover nobody any more. */
export async function endStaff(pool: Pool, id: string): Promise<StaffChange> {
  return keepingAdministrator(pool, id, true, async (client) => {
    await client.query(`UPDATE staff SET ended_at = now(), email = NULL WHERE id = $1`, [id]);
    await client.query(`UPDATE staff SET cover_id = NULL WHERE cover_id = $1`, [id]);
    await client.query(`DELETE FROM staff_link WHERE staff_id = $1`, [id]);
    await client.query(`DELETE FROM staff_session WHERE staff_id = $1`, [id]);
  });
}

/** Whether somebody is there who can add colleagues. */
export async function hasAdministrator(db: Pool | ClientBase): Promise<boolean> {
  const { rowCount } = await db.query(`SELECT FROM staff WHERE ended_at IS NULL AND $1 = ANY (roles) LIMIT 1`, [admin]);
  return rowCount === 1;
}

/** Lets those wait who change staff at the same moment, so that two administrators can't end each other. */
export async function lockStaff(client: ClientBase): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(hashtext('lotse staff'))`);
}

const admin: Role = "administrator";

async function keepingAdministrator(
  pool: Pool,
  id: string,
  losesRole: boolean,
  change: (client: PoolClient) => Promise<unknown>,
): Promise<StaffChange> {
  return inTransaction(pool, async (client) => {
    await lockStaff(client);
    const { rows } = await client.query<{ id: string; administers: boolean }>(
      `SELECT id, $1 = ANY (roles) AS administers FROM staff WHERE ended_at IS NULL`,
      [admin],
    );
    const found = rows.find((row) => row.id === id);
    if (!found) return { type: "unknown" };
    const others = rows.filter((row) => row.administers && row.id !== id);
    if (losesRole && found.administers && others.length === 0) return { type: "last_administrator" };
    await change(client);
    return { type: "done" };
  });
}

type Row = Omit<StaffRecord, "email"> & { email: Buffer | null };

function toRecord({ staffKey }: Sealing, row: Row): StaffRecord {
  return { ...row, email: row.email && unseal(staffKey, emailOf(row.id), row.email) };
}

function columns({ staffKey }: Sealing, id: string, details: StaffDetails): unknown[] {
  const { name, showName, email, employer, team, languages, roles, share } = details;
  const sealed = email === null ? null : seal(staffKey, emailOf(id), email);
  return [name, showName, sealed, employer, team, languages, roles, share];
}

function emailOf(id: string): string {
  return `staff.email:${id}`;
}
