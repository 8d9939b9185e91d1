import { Hono } from "hono";
import type { Pool } from "pg";
import { type Ground, openTelegram, openWeb } from "./channels.ts";
import type { Config } from "./config.ts";
import { makeEndTalk } from "./conversation/after-talk.ts";
import { makePrepared } from "./conversation/prepared.ts";
import { createRender } from "./conversation/render.ts";
import type { Bot } from "./domain/bot.ts";
import type { ChannelName, StaffAct } from "./domain/channel.ts";
import type { Log } from "./domain/log.ts";
import { Dispatch } from "./host/dispatch.ts";
import { Hints } from "./host/hints.ts";
import { watchTeams } from "./host/staffed-teams.ts";
import { makeTakeAlone } from "./host/take-alone.ts";
import { Turns } from "./host/turns.ts";
import { createHttpServer } from "./http.ts";
import { changeKeys } from "./jobs/change-keys.ts";
import { deliverReferrals } from "./jobs/deliver-referrals.ts";
import { prepareJobs, startJobs } from "./jobs/worker.ts";
import { createMail } from "./notices/mail.ts";
import { page } from "./notices/page.ts";
import { rooms } from "./notices/rooms.ts";
import { tellAll } from "./notices/sink.ts";
import { loadPlace } from "./places.ts";
import { openDesk } from "./staff/desk.ts";
import { createStaffPages } from "./staff/index.ts";
import { makeCard } from "./staff/notice.ts";
import { actOnCase } from "./staff/room-act.ts";
import { writeNotice } from "./staff/write-notice.ts";
import { eraseAgain, readErasedList } from "./store/erased-list.ts";
import { openKeyring } from "./store/keyring.ts";
import { listenToCases } from "./store/listen.ts";
import { spareOwner } from "./store/owner.ts";
import { openPool } from "./store/pool.ts";
import { lazyPrisma } from "./store/prisma.ts";
import { makeFirstLink } from "./store/staff-sessions.ts";
import { noteWords } from "./store/talk-news.ts";
import { loadTexts } from "./texts.ts";

export interface Service {
  /** Path of the link that makes the first administrator; undefined where there is one. */
  firstLink: string | undefined;
  /** Accepts nothing more, finishes what was accepted, and lets go of everything but the database. */
  stop(): Promise<void>;
}

/** All must be over within five seconds of a signal; what waits longer is in the outbox. */
const patienceAtStop = 1500;
const firstLinkSeconds = 24 * 60 * 60;

/** Wires everything together on a database that is up, and starts it. */
export async function startService(
  config: Config,
  database: { url: string; encryptionKeys: Buffer[] },
  log: Log,
  logFailure: Ground["logFailure"],
): Promise<Service> {
  const place = loadPlace(config.place);
  const texts = loadTexts();
  const pool = openPool(database.url, log);
  await prepareJobs({ pool, log });
  const keyring = await openKeyring(pool, ...database.encryptionKeys);
  await repeatErasures(pool, { config, keyring, place, log });
  const render = createRender({ place, texts, publicUrl: config.publicUrl });
  const ground: Ground = { config, databaseUrl: database.url, pool, keyring, place, texts, render, log, logFailure };

  const hints = new Hints();
  const web = openWeb(ground, hints);
  const telegram = await openTelegram(ground);
  const bots = new Map<ChannelName, Bot>([["web", web], ...(telegram ? [["telegram", telegram] as const] : [])]);
  const changes = await listenToCases(database.url, pool);
  changes.onHint((addressHash) => hints.tell(addressHash));
  const dispatch = new Dispatch({ url: database.url, pool, keyring, bots, render, log });
  await dispatch.start();

  const teams = await watchTeams(pool);
  const around = { place, texts, render, log, staffed: teams.staffed };
  const writeCards: Parameters<typeof makeTakeAlone>[0]["writeCards"] = (client, owner, news) =>
    writeNotice(client, { keyring, place, owner }, news);
  const takeAlone = makeTakeAlone({ pool, keyring, dispatch, around, writeCards, announce: changes.announce });
  const desk = await openDesk({ pool, keyring, place, announce: changes.announce });
  const owner = () => dispatch.ownerNow?.number ?? 0;
  const changed = (lanes: string[]) => {
    changes.announce();
    void dispatch.wake(lanes);
  };
  const tellStaff = async (caseId: string, at: Date) => {
    const news = { caseId, at, owner: owner() };
    changed(await noteWords(pool, keyring, news, (found, detail) => makeCard(place, found, detail)));
  };
  const turns = new Turns({
    keyring,
    dispatch,
    around,
    takeAlone,
    desk,
    hint: ({ channel, addressHash }) => channel === "web" && hints.tell(addressHash.toString("hex")),
    // What fails here is found by the sweep.
    tellStaff: (caseId) => void tellStaff(caseId, new Date()).catch(() => {}),
  });
  const receive = turns.receive.bind(turns);
  const talkEnd = makeEndTalk(place, texts);
  const act = async (staffAct: StaffAct) =>
    actOnCase({ pool, keyring, place, texts, owner: owner(), changed }, staffAct);

  const unreviewed = texts.languages.filter(({ reviewedBy }) => reviewedBy === "nobody yet").map(({ code }) => code);
  const accountOf = (channel: string) => bots.get(channel as ChannelName)?.account;
  const pages = createStaffPages({
    pool,
    prisma: lazyPrisma(pool),
    keyring,
    publicUrl: config.publicUrl,
    place,
    texts,
    words: render.words("de"),
    render,
    talk: { prepared: makePrepared(place), end: talkEnd, languages: place.languages },
    unreviewed,
    channels: () =>
      Promise.all([...bots.values()].map(async (bot) => ({ name: bot.channel, trouble: await bot.ready() }))),
    ...(config.smtp && { mail: createMail(config.smtp, log) }),
    changes,
    owner,
    changed,
    // What can't be delivered now is in the next sweep.
    deliverReferrals: () => void deliverReferrals(pool, { keyring, receive, accountOf }).catch(() => {}),
  });
  const http = createHttpServer({
    app: new Hono().route("/", web.routes).route("/staff", pages),
    logError: logFailure,
  });
  http.readiness.add("database", async () => (dispatch.ownerNow ? undefined : "PostgreSQL can't be reached"));
  for (const bot of bots.values()) {
    http.readiness.add(bot.channel, () => bot.ready());
    await bot.start(receive, act);
  }
  if (telegram?.webhook) http.mount(telegram.webhook.path, telegram.webhook.handle);
  await http.listen(config.port, config.host);
  const jobs = await startJobs({
    pool,
    log,
    place,
    keyring,
    receive,
    accountOf,
    erasedList: config.erasedList,
    owner,
    tell: tellAll([page, rooms({ keyring, owner })]),
    writeCards: (client, { caseId, team }) =>
      writeNotice(client, { keyring, place, owner: owner() }, { type: "sent", caseId, team, changed: false }),
    forgetCards: async (client, caseId) => {
      await writeNotice(client, { keyring, place, owner: owner() }, { type: "expired", caseId });
    },
    changed,
    tellStaff,
    talkEnd,
    talkDays: place.talk.ends_after_days,
  });
  const keys = changeKeys({ pool, keyring, log });

  return {
    firstLink: await makeFirstLink(pool, firstLinkSeconds),
    async stop() {
      await Promise.all([http.close(), jobs.stop(), keys.stop(), ...[...bots.values()].map((bot) => bot.stop())]);
      teams.close();
      await turns.settle(patienceAtStop);
      await dispatch.stop();
      await changes.close();
      await pool.end();
    },
  };
}

/** Before anything is sent: a database that was restored from a backup knows people again who had everything erased. */
async function repeatErasures(
  pool: Pool,
  { config, keyring, place, log }: Pick<Ground, "config" | "keyring" | "place" | "log">,
): Promise<void> {
  const entries = await readErasedList(config.erasedList);
  if (entries.length === 0) return;
  const owner = await spareOwner(pool);
  const count = await eraseAgain(pool, entries, async (client, caseId) => {
    await writeNotice(client, { keyring, place, owner }, { type: "erased", caseId });
  });
  if (count > 0) log.warn(`the database did not know of ${count} erasures (restored from a backup?): repeated`);
}
