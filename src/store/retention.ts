import type { Pool } from "pg";
import type { ChannelName } from "../domain/channel.ts";
import type { Keyring } from "./keyring.ts";
import { addressOf } from "./lanes.ts";
import { unseal } from "./seal.ts";

/** Platforms deliver a message again within a week at the most (Telegram a day); a day more for clocks. */
const seenDays = 8;
const droppedDays = 30;

/** Contacts who had everything erased and whose last message is sent, or could not be for a day. */
export async function eraseAsked(pool: Pool): Promise<number> {
  return eraseContacts(
    pool,
    `s.erase_at <= now() AND s.updated_at <= s.erase_at
      AND (s.erase_at < now() - interval '1 day' OR NOT EXISTS (SELECT FROM outbox o WHERE o.lane = s.contact_id))`,
    [],
  );
}

// The first look at an open intake comes a day after the last message, to offer it again; a later one to erase it.
const isOver = `(s.remind_at <= now() AND s.remind_at - s.updated_at > interval '2 days')`;
const hasCase = `EXISTS (SELECT FROM case_file f WHERE f.contact_id = s.contact_id)`;

/** Contacts without a case who have not written for so many days. */
export async function eraseOpen(pool: Pool, days: number): Promise<number> {
  return eraseContacts(pool, `(s.updated_at < now() - make_interval(days => $1) OR ${isOver}) AND NOT ${hasCase}`, [
    days,
  ]);
}

/** Ids of messages that can't be delivered again any more. */
export async function pruneSeen(pool: Pool): Promise<number> {
  const { rowCount } = await pool.query(`DELETE FROM seen WHERE at < now() - make_interval(days => $1)`, [seenDays]);
  return rowCount ?? 0;
}

/** Reasons why messages were never sent: nobody asks after a month, and they name contacts by their ids. */
export async function pruneDropped(pool: Pool): Promise<void> {
  await pool.query(`DELETE FROM dropped WHERE at < now() - make_interval(days => $1)`, [droppedDays]);
}

/** Links and sessions of staff whose time is over. */
export async function pruneStaff(pool: Pool): Promise<void> {
  await pool.query(`DELETE FROM staff_link WHERE expires_at < now() - interval '1 day'`);
  await pool.query(`DELETE FROM staff_session WHERE expires_at < now()`);
}

/** Contacts whose open intake shall be offered again now, or erased beside a case that stays. */
export async function dueReminders(
  pool: Pool,
  keyring: Keyring,
): Promise<{ contactId: string; channel: ChannelName; address: string; remindAt: number }[]> {
  const { rows } = await pool.query<{
    id: string;
    channel: ChannelName;
    address: Buffer;
    data_key: Buffer;
    remind_at: Date;
  }>(
    `SELECT c.id, c.channel, c.address, c.data_key, s.remind_at FROM session s JOIN contact c ON c.id = s.contact_id
      WHERE s.remind_at <= now() AND (${hasCase} OR NOT ${isOver}) ORDER BY s.remind_at LIMIT 500`,
  );
  return rows.map((row) => ({
    contactId: row.id,
    channel: row.channel,
    address: unseal(keyring.unwrap(row.data_key), addressOf.contact(row.id), row.address),
    remindAt: row.remind_at.getTime(),
  }));
}

async function eraseContacts(pool: Pool, condition: string, values: unknown[]): Promise<number> {
  const { rowCount } = await pool.query(
    // Locked first: of a session that somebody is just writing to, the condition is looked at again afterwards.
    `WITH due AS (
       SELECT s.contact_id FROM session s WHERE ${condition} FOR UPDATE
     ), gone AS (
       DELETE FROM contact c USING due WHERE c.id = due.contact_id RETURNING c.id
     ), waiting AS (
       DELETE FROM outbox o USING gone WHERE o.lane = gone.id
     ) SELECT id FROM gone`,
    values,
  );
  return rowCount ?? 0;
}
