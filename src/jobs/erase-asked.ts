import type { Pool } from "pg";
import type { Log } from "../domain/log.ts";
import { eraseAsked } from "../store/erase-contacts.ts";
import { listErased } from "../store/erased-list.ts";

export interface EraseAsked {
  log: Log;
  /** The list of erased ids outside of the database. */
  erasedList: string;
}

/** Deletes contacts who had everything erased and whose last message is sent, and keeps the list of what was erased. */
export async function eraseAskedFor(pool: Pool, { log, erasedList }: EraseAsked): Promise<void> {
  const count = await eraseAsked(pool);
  await listErased(pool, erasedList);
  if (count > 0) log.info(`erased: ${count} asked for`);
}
