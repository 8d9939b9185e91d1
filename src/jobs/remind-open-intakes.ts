import type { Pool } from "pg";
import type { Receive } from "../domain/channel.ts";
import { dueReminders } from "../store/due-reminders.ts";
import type { Keyring } from "../store/keyring.ts";
import { sweepId } from "./sweep-id.ts";

export interface Remind {
  keyring: Keyring;
  /** Takes the reminder's turn like that of a message: one after another for each contact, each id once. */
  receive: Receive;
  /** Our account on a channel; undefined when the channel is not set up. */
  accountOf(channel: string): string | undefined;
}

/** Offers open intakes again, a day after the last message, once. */
export async function remindOpenIntakes(pool: Pool, { keyring, receive, accountOf }: Remind): Promise<void> {
  for (const { contactId, channel, address, remindAt } of await dueReminders(pool, keyring)) {
    const account = accountOf(channel);
    if (account === undefined) continue;
    const id = sweepId("remind", contactId, remindAt);
    // Whoever receives has logged why; it is due again at the next sweep, and keeps nobody else waiting.
    await receive({ channel, account, address, id, at: Date.now(), content: { type: "reminder" } }).catch(() => {});
  }
}
