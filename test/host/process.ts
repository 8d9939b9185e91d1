import type { Pool } from "pg";
import type { Content, IncomingMessage } from "../../src/domain/channel.ts";
import type { Log } from "../../src/domain/log.ts";
import type { OutgoingMessage } from "../../src/domain/prompt.ts";
import { Dispatch } from "../../src/host/dispatch.ts";
import { makeTakeAlone } from "../../src/host/take-alone.ts";
import { Turns } from "../../src/host/turns.ts";
import { loadPlace } from "../../src/places.ts";
import { openDesk } from "../../src/staff/desk.ts";
import { makeCard } from "../../src/staff/notice.ts";
import { writeNotice } from "../../src/staff/write-notice.ts";
import type { Keyring } from "../../src/store/keyring.ts";
import { noteWords } from "../../src/store/talk-news.ts";
import { loadTexts } from "../../src/texts.ts";
import { renderKey, StandInBot, until } from "./stand-in.ts";

const place = loadPlace("kreis-paderborn");
const texts = loadTexts();

/** One process of the service without its channels: turns and sending on a database, and a bot that keeps what it got. */
export async function startProcess(
  url: string,
  pool: Pool,
  keyring: Keyring,
  changed: {
    place?: typeof place;
    staffed?: () => ReadonlySet<string>;
    deaf?: boolean;
    sent?: OutgoingMessage[];
    log?: Log;
  } = {},
) {
  const bot = new StandInBot();
  /** What was sent, as it was before it was put into words. */
  const sent = changed.sent ?? [];
  const faults: string[] = [];
  const log: Log = {
    info: (text) => changed.log?.info(text),
    warn: (text) => changed.log?.warn(text),
    error: (text) => {
      faults.push(text);
      changed.log?.error(text);
    },
  };
  const render = (message: OutgoingMessage) => {
    sent.push(message);
    return renderKey(message);
  };
  const { staffed } = changed;
  const around = { place: changed.place ?? place, texts, render, log, ...(staffed && { staffed }) };
  const dispatch = new Dispatch({ url, pool, keyring, bots: new Map([["telegram", bot]]), render, log });
  await dispatch.start();
  const takeAlone = makeTakeAlone({
    pool,
    keyring,
    dispatch,
    around,
    writeCards: (client, owner, news) => writeNotice(client, { keyring, place, owner }, news),
    announce: () => {},
  });
  const desk = await openDesk({ pool, keyring, place, announce: () => {} });
  const tellStaff = async (caseId: string, at = new Date()) => {
    const owner = dispatch.ownerNow?.number ?? 0;
    const card: Parameters<typeof noteWords>[3] = (found, detail) => makeCard(place, found, detail);
    await dispatch.wake(await noteWords(pool, keyring, { caseId, at, owner }, card));
  };
  const turns = new Turns({
    keyring,
    dispatch,
    around,
    takeAlone,
    desk,
    hint: () => {},
    tellStaff: (caseId) => void (changed.deaf || tellStaff(caseId)),
  });
  return {
    dispatch,
    tellStaff,
    bot,
    sent,
    faults,
    turns,
    /** Waits until everything that was written is sent. */
    settled: () =>
      until(async () => (await pool.query(`SELECT FROM outbox LIMIT 1`)).rowCount === 0, "an empty outbox"),
    async stop() {
      await turns.settle(5000);
      await dispatch.stop();
    },
  };
}

/** How far ahead of the clock people write (ms): who says much within a minute is asked to write less. */
export const writing = { ahead: 0 };

let updates = 0;
/** A message on Telegram, each with an id of its own. */
export function messageFrom(address: string, content: Content, id = `telegram:4242:${++updates}`): IncomingMessage {
  return {
    channel: "telegram",
    account: "4242",
    address,
    id,
    at: Date.now() + writing.ahead,
    content,
    languageHint: "en",
  };
}

/** A button as its owner presses it: the latest question's, with this value. */
export function pressOn(sent: OutgoingMessage[], value: string): Content {
  const asked = sent.findLast((message) => message.type === "prompt" && message.token !== undefined);
  if (asked?.type !== "prompt" || asked.token === undefined) throw new Error("nothing was asked");
  return { type: "press", data: `${asked.token.toString(36)}:${value}` };
}
