import type { ClientBase } from "pg";

/** Counts that a partner's link was opened, by day and without who it was. */
export async function countDoor(client: ClientBase, code: string, at: number): Promise<void> {
  await client.query(
    `INSERT INTO door (code, day, count) VALUES ($1, (to_timestamp($2 / 1000.0) AT TIME ZONE 'Europe/Berlin')::date, 1)
      ON CONFLICT (code, day) DO UPDATE SET count = door.count + 1`,
    [code, at],
  );
}
