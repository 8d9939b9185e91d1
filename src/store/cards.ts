import type { Pool } from "pg";
import type { OutgoingMessage } from "../domain/prompt.ts";

/** The platform's id of a case's card in a room, if one was sent there. */
export async function cardRef(pool: Pool, room: string, message: OutgoingMessage): Promise<string | undefined> {
  if (message.type !== "card") return undefined;
  const { rows } = await pool.query<{ ref: string }>(
    `SELECT card.ref FROM card JOIN case_file f ON f.id = card.case_id WHERE card.room_id = $1 AND f.code = $2`,
    [room, message.card.code],
  );
  return rows[0]?.ref;
}

/** Keeps the platform's id of a case's card, so that the next one updates it. */
export async function keepCardRef(pool: Pool, room: string, message: OutgoingMessage, ref: string): Promise<void> {
  if (message.type !== "card") return;
  await pool.query(
    `INSERT INTO card (case_id, room_id, ref) SELECT f.id, $1, $3 FROM case_file f WHERE f.code = $2
      ON CONFLICT (case_id, room_id) DO UPDATE SET ref = excluded.ref`,
    [room, message.card.code, ref],
  );
}
