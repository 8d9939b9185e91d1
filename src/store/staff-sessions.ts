import { createHash, randomBytes } from "node:crypto";
import type { ClientBase, Pool } from "pg";
import type { Role, StaffDetails } from "../domain/staff.ts";
import type { Keyring } from "./keyring.ts";
import { inTransaction } from "./pool.ts";
import { addStaff, hasAdministrator, lockStaff } from "./staff.ts";

/** A signed-in member of staff, as the pages know them. */
export interface StaffMember {
  id: string;
  name: string;
  roles: Role[];
  team: string | null;
}

/** A signed-in browser, as whoever may end it sees it. */
export interface SessionInfo {
  id: string;
  /** What the browser says of itself, in short. */
  device: string | null;
  createdAt: Date;
  expiresAt: Date;
}

/** How long a session lives after its last use, in seconds. */
export const sessionSeconds = 12 * 60 * 60;

// Writing at every request would cost a commit each; the time may be this much too short.
const slackSeconds = 5 * 60;
const tokenPattern = /^[A-Za-z0-9_-]{43}$/;

/**
 * Makes a link that signs a member of staff in, once, within `seconds`; returns its path below the public address, or
 * nothing where nobody has that id any more. Only a hash of its token is stored.
 */
export async function makeStaffLink(pool: Pool, staffId: string, seconds: number): Promise<string | undefined> {
  const token = newToken();
  const { rowCount } = await pool.query(
    `INSERT INTO staff_link (hash, staff_id, expires_at)
     SELECT $1, id, now() + make_interval(secs => $3) FROM staff WHERE id::text = $2 AND ended_at IS NULL`,
    [hash(token), staffId, seconds],
  );
  return rowCount === 1 ? `/staff/sign-in?token=${token}` : undefined;
}

/** Makes a link for the first administrator, or nothing where there is one. */
export async function makeFirstLink(pool: Pool, seconds: number): Promise<string | undefined> {
  if (await hasAdministrator(pool)) return undefined;
  const token = newToken();
  await pool.query(`INSERT INTO staff_link (hash, expires_at) VALUES ($1, now() + make_interval(secs => $2))`, [
    hash(token),
    seconds,
  ]);
  return `/staff/first?token=${token}`;
}

/** Uses a link up and starts a session: the token for its cookie, or nothing if the link is used, expired or unknown. */
export async function useStaffLink(pool: Pool, linkToken: string, device?: string): Promise<string | undefined> {
  if (!tokenPattern.test(linkToken)) return undefined;
  const token = newToken();
  const { rowCount } = await pool.query(
    // Who is just being ended is not signed in a moment later: ending deletes the link first, and waits for this one.
    `WITH link AS (
       UPDATE staff_link l SET used_at = now() FROM staff s
       WHERE l.hash = $1 AND l.used_at IS NULL AND l.expires_at > now() AND s.id = l.staff_id AND s.ended_at IS NULL
       RETURNING l.staff_id
     )
     INSERT INTO staff_session (hash, staff_id, device, expires_at)
     SELECT $2, staff_id, $4, now() + make_interval(secs => $3) FROM link`,
    [hash(linkToken), hash(token), sessionSeconds, device ?? null],
  );
  return rowCount === 1 ? token : undefined;
}

/** Uses the first administrator's link up: makes their record and starts a session, unless there is one by now. */
export async function useFirstLink(
  pool: Pool,
  keyring: Keyring,
  linkToken: string,
  details: StaffDetails,
  device?: string,
): Promise<string | undefined> {
  if (!tokenPattern.test(linkToken)) return undefined;
  return inTransaction(pool, async (client) => {
    await lockStaff(client);
    if (await hasAdministrator(client)) return undefined;
    const { rowCount } = await client.query(
      `UPDATE staff_link SET used_at = now() WHERE hash = $1 AND staff_id IS NULL AND used_at IS NULL AND expires_at > now()`,
      [hash(linkToken)],
    );
    if (rowCount !== 1) return undefined;
    return startSession(client, await addStaff(client, keyring, details), device);
  });
}

/**
 * Whose session a cookie's token belongs to. `extend` is true where a person did something; `extended` when the time was
 * set anew and the cookie's must be, too.
 */
export async function findStaffSession(
  pool: Pool,
  token: string,
  extend: boolean,
): Promise<{ member: StaffMember; session: string; extended: boolean } | undefined> {
  if (!tokenPattern.test(token)) return undefined;
  const { rows } = await pool.query<StaffMember & { session: string; old: boolean }>(
    `SELECT s.id, s.name, s.roles, s.team, t.id AS session, t.expires_at < now() + make_interval(secs => $2) AS old
     FROM staff_session t JOIN staff s ON s.id = t.staff_id
     WHERE t.hash = $1 AND t.expires_at > now() AND s.ended_at IS NULL`,
    [hash(token), sessionSeconds - slackSeconds],
  );
  const [row] = rows;
  if (!row) return undefined;
  const { session, old, ...member } = row;
  const extended = extend && old;
  if (extended) {
    await pool.query(`UPDATE staff_session SET expires_at = now() + make_interval(secs => $2) WHERE hash = $1`, [
      hash(token),
      sessionSeconds,
    ]);
  }
  return { member, session, extended };
}

/** Ends a session; its cookie is worth nothing from now on. */
export async function endStaffSession(pool: Pool, token: string): Promise<void> {
  await pool.query(`DELETE FROM staff_session WHERE hash = $1`, [hash(token)]);
}

/** The sessions of a member of staff, the latest first. */
export async function listStaffSessions(pool: Pool, staffId: string): Promise<SessionInfo[]> {
  const { rows } = await pool.query<SessionInfo>(
    `SELECT id, device, created_at AS "createdAt", expires_at AS "expiresAt" FROM staff_session
     WHERE staff_id::text = $1 AND expires_at > now() ORDER BY created_at DESC`,
    [staffId],
  );
  return rows;
}

/** Ends one session of a member of staff, or all, and returns how many. */
export async function endSessionsOf(pool: Pool, staffId: string, session?: string): Promise<number> {
  const { rowCount } = await pool.query(
    `DELETE FROM staff_session WHERE staff_id::text = $1 AND ($2::text IS NULL OR id::text = $2)`,
    [staffId, session ?? null],
  );
  return rowCount ?? 0;
}

async function startSession(client: ClientBase, staffId: string, device: string | undefined): Promise<string> {
  const token = newToken();
  await client.query(
    `INSERT INTO staff_session (hash, staff_id, device, expires_at) VALUES ($1, $2, $3, now() + make_interval(secs => $4))`,
    [hash(token), staffId, device ?? null, sessionSeconds],
  );
  return token;
}

function newToken(): string {
  return randomBytes(32).toString("base64url");
}

function hash(token: string): Buffer {
  // A plain hash is enough: the token is random, so there is nothing to guess.
  return createHash("sha256").update(token).digest();
}
