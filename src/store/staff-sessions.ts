import { createHash, randomBytes } from "node:crypto";
import type { Pool } from "pg";

/** A signed-in member of staff, as the pages know them. */
export interface StaffMember {
  name: string;
}

/** How long a session lives after its last use, in seconds. */
export const sessionSeconds = 12 * 60 * 60;

// Writing at every request would cost a commit each; the time may be this much too short.
const slackSeconds = 5 * 60;
const tokenPattern = /^[A-Za-z0-9_-]{43}$/;

/**
 * Makes a link that signs a member of staff in, once, within `seconds`; returns its path below the public address.
 * Only a hash of its token is stored.
 */
export async function makeStaffLink(pool: Pool, name: string, seconds: number): Promise<string> {
  const token = newToken();
  await pool.query(
    `INSERT INTO staff_link (hash, name, expires_at) VALUES ($1, $2, now() + make_interval(secs => $3))`,
    [hash(token), name, seconds],
  );
  return `/staff/sign-in?token=${token}`;
}

/** Uses a link up and starts a session: the token for its cookie, or nothing if the link is used, expired or unknown. */
export async function useStaffLink(pool: Pool, linkToken: string): Promise<string | undefined> {
  if (!tokenPattern.test(linkToken)) return undefined;
  const token = newToken();
  const { rowCount } = await pool.query(
    `WITH link AS (
       UPDATE staff_link SET used_at = now() WHERE hash = $1 AND used_at IS NULL AND expires_at > now() RETURNING name
     )
     INSERT INTO staff_session (hash, name, expires_at)
     SELECT $2, name, now() + make_interval(secs => $3) FROM link`,
    [hash(linkToken), hash(token), sessionSeconds],
  );
  return rowCount === 1 ? token : undefined;
}

/**
 * Whose session a cookie's token belongs to. `extend` is true where a person did something; `extended` when the time was
 * set anew and the cookie's must be, too.
 */
export async function findStaffSession(
  pool: Pool,
  token: string,
  extend: boolean,
): Promise<{ member: StaffMember; extended: boolean } | undefined> {
  if (!tokenPattern.test(token)) return undefined;
  const { rows } = await pool.query<{ name: string; old: boolean }>(
    `SELECT name, expires_at < now() + make_interval(secs => $2) AS old
     FROM staff_session WHERE hash = $1 AND expires_at > now()`,
    [hash(token), sessionSeconds - slackSeconds],
  );
  const [row] = rows;
  if (!row) return undefined;
  const extended = extend && row.old;
  if (extended) {
    await pool.query(`UPDATE staff_session SET expires_at = now() + make_interval(secs => $2) WHERE hash = $1`, [
      hash(token),
      sessionSeconds,
    ]);
  }
  return { member: { name: row.name }, extended };
}

/** Ends a session; its cookie is worth nothing from now on. */
export async function endStaffSession(pool: Pool, token: string): Promise<void> {
  await pool.query(`DELETE FROM staff_session WHERE hash = $1`, [hash(token)]);
}

/** Removes links and sessions whose time is over, and returns how many. */
export async function pruneStaffSessions(pool: Pool): Promise<number> {
  const sessions = await pool.query(`DELETE FROM staff_session WHERE expires_at < now()`);
  const links = await pool.query(`DELETE FROM staff_link WHERE expires_at < now()`);
  return (sessions.rowCount ?? 0) + (links.rowCount ?? 0);
}

function newToken(): string {
  return randomBytes(32).toString("base64url");
}

function hash(token: string): Buffer {
  // A plain hash is enough: the token is random, so there is nothing to guess.
  return createHash("sha256").update(token).digest();
}
