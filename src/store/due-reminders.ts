import type { Pool } from "pg";
import type { ChannelName } from "../domain/channel.ts";
import type { Keyring } from "./keyring.ts";
import { addressOf } from "./lanes.ts";
import { unseal } from "./seal.ts";

/**
 * The intake of session `s` was offered again and stayed open for its period. The first look at an open intake comes a
 * day after the last message, to offer it again; a later one to erase it.
 */
export const isOver = `(s.remind_at <= now() AND s.remind_at - s.updated_at > interval '2 days')`;
export const hasCase = `EXISTS (SELECT FROM case_file f WHERE f.contact_id = s.contact_id)`;

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
