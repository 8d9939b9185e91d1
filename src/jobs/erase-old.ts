import type { Pool } from "pg";
import type { Log } from "../domain/log.ts";
import { eraseAsked, eraseOpen, pruneDropped, pruneSeen, pruneStaff } from "../store/retention.ts";

export interface EraseOld {
  log: Log;
  /** Days after which what was never sent goes. */
  openIntakeDays: number;
}

/** Erases what is kept no longer: open intakes after the place's period, whom it was promised to, ids of old messages. */
export async function eraseOld(pool: Pool, { log, openIntakeDays }: EraseOld): Promise<void> {
  const asked = await eraseAsked(pool);
  const open = await eraseOpen(pool, openIntakeDays);
  const seen = await pruneSeen(pool);
  await pruneDropped(pool);
  await pruneStaff(pool);
  if (asked + open + seen > 0) log.info(`erased: ${asked} asked for, ${open} never sent, ${seen} ids of messages`);
}
