import type { Receipt, Receive, ReceiveStaffAct } from "../../src/domain/channel.ts";
import { readUpdate } from "./incoming.ts";
import type { Rooms } from "./rooms.ts";
import { cut } from "./split.ts";

/** The parameters of answerCallbackQuery: without it the button would show for a long time that it waits. */
export type PressAnswer = { callback_query_id: string; text?: string };

/**
 * Takes one update. Resolves when it is durable, with the answer to a press; rejects when Telegram shall deliver it
 * again. Updates of one contact keep the order in which they are handed over.
 */
export type Accept = (update: unknown) => Promise<PressAnswer | undefined>;

/** UTF-16 units of the text that answers a press. */
const longestNotice = 200;

/** Connects the two ways in, polling and webhook, with those who receive. */
export function createAccept(
  account: string,
  rooms: Rooms,
  receive: Receive,
  receiveStaffAct: ReceiveStaffAct,
): Accept {
  return async (update) => {
    const incoming = readUpdate(update, { account, rooms, now: Date.now() });
    switch (incoming.type) {
      case "message":
        return answer(incoming.press, await receive(incoming.message));
      case "staffAct":
        return answer(incoming.press, await receiveStaffAct(incoming.act));
      case "moved":
        rooms.move(incoming.address, incoming.to);
        return undefined;
      case "ignored":
        return answer(incoming.press, {});
    }
  };
}

function answer(press: string | undefined, { notice }: Receipt): PressAnswer | undefined {
  if (press === undefined) return undefined;
  return { callback_query_id: press, ...(notice !== undefined && { text: cut(notice, longestNotice) }) };
}
