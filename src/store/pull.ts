import type { Pool } from "pg";
import type { OutgoingMessage } from "../domain/prompt.ts";
import type { Keyring } from "./keyring.ts";
import { unsealOutgoing } from "./outbox.ts";

// Somebody may write for days without fetching an answer.
const mostAtOnce = 200;

/**
 * The messages of a contact that fetches them itself, after a number. The number is also the receipt: rows up to it
 * have arrived and are deleted. At most 200 at once: the next call gives the rest.
 */
export async function pull(
  pool: Pool,
  keyring: Keyring,
  addressHash: Buffer,
  after: number,
): Promise<{ n: number; message: OutgoingMessage }[]> {
  const { rows } = await pool.query<{ lane: string; n: number; body: Buffer; data_key: Buffer }>(
    `WITH who AS (SELECT id, data_key FROM contact WHERE address_hash = $1),
      arrived AS (DELETE FROM outbox o USING who WHERE o.lane = who.id AND o.n <= $2)
      SELECT o.lane, o.n, o.body, who.data_key FROM outbox o JOIN who ON o.lane = who.id WHERE o.n > $2 ORDER BY o.n
        LIMIT $3`,
    [addressHash, after, mostAtOnce],
  );
  return rows.map(({ lane, n, body, data_key }) => ({
    n,
    message: unsealOutgoing(keyring.unwrap(data_key), lane, n, body),
  }));
}
