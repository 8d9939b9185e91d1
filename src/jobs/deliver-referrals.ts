import type { Pool } from "pg";
import type { Receive } from "../domain/channel.ts";
import type { Keyring } from "../store/keyring.ts";
import { dueReferrals } from "../store/referrals.ts";

export interface Deliver {
  keyring: Keyring;
  /** Takes the question's turn like that of a message: one after another for each contact, each id once. */
  receive: Receive;
  /** Our account on a channel; undefined when the channel is not set up. */
  accountOf(channel: string): string | undefined;
}

/** Puts the questions of case managers into the chats: right after they were asked, and in a sweep what a crash left. */
export async function deliverReferrals(pool: Pool, { keyring, receive, accountOf }: Deliver): Promise<void> {
  for (const { id: referral, channel, address, askedAt } of await dueReferrals(pool, keyring)) {
    const account = accountOf(channel);
    if (account === undefined) continue;
    const id = `referral:${referral}:${askedAt}`;
    const content = { type: "referral", id: referral } as const;
    // Whoever receives has logged why; it is still due at the next sweep, and keeps nobody else waiting.
    await receive({ channel, account, address, id, at: Date.now(), content }).catch(() => {});
  }
}
