import type { ChannelName, Receive, ReceiveStaffAct } from "./channel.ts";
import type { RenderedMessage } from "./prompt.ts";

/** What a channel's folder hands to `main.ts`. Every bot passes the contract in `test/bots/contract.ts`. */
export interface Bot {
  channel: ChannelName;
  /** Our account on the channel, part of every contact's identity. Known after `start`. */
  account: string;
  /**
   * Starts receiving. Never rejects for what the platform does: a wrong token, no network and the like are
   * logged, told by `ready`, and tried again, so that the rest of the service runs.
   */
  start(receive: Receive, receiveStaffAct: ReceiveStaffAct): Promise<void>;
  /**
   * Sends one message to an address. Resolves with the platform's id of the message, which later messages may
   * update. Throws only `SendError`.
   */
  send(address: string, message: RenderedMessage): Promise<{ ref?: string }>;
  /** Says what keeps the channel from working, or nothing when it works. */
  ready(): Promise<string | undefined>;
  /** Stops receiving; what was accepted before is finished by the caller. */
  stop(): Promise<void>;
}
