import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { expect } from "vitest";
import type { NoticeCase } from "../../src/domain/case.ts";
import { type Content, SendError } from "../../src/domain/channel.ts";
import { dailyDigest } from "../../src/jobs/daily-digest.ts";
import { lookAfterCases } from "../../src/jobs/look-after-cases.ts";
import { remindOpenIntakes } from "../../src/jobs/remind-open-intakes.ts";
import { tellLateAnswers } from "../../src/jobs/tell-late.ts";
import { page } from "../../src/notices/page.ts";
import { rooms } from "../../src/notices/rooms.ts";
import { tellAll } from "../../src/notices/sink.ts";
import { loadPlace } from "../../src/places.ts";
import { erasedCard } from "../../src/staff/notice.ts";
import { actOnCase } from "../../src/staff/room-act.ts";
import type { Keyring } from "../../src/store/keyring.ts";
import { writeWords } from "../../src/store/talk-words.ts";
import { loadTexts } from "../../src/texts.ts";
import { messageFrom, pressOn, type startProcess } from "../host/process.ts";
import { ada, walk } from "../host/walk.ts";
import type { Needle } from "./search.ts";
import { colleague, staffHappenings, staffWords } from "./staff-life.ts";

export const place = loadPlace("kreis-paderborn");
const texts = loadTexts();

/** A person whose every word, number and address is marked, and what happens around them. */
export interface Life {
  pool: Pool;
  keyring: Keyring;
  process: Awaited<ReturnType<typeof startProcess>>;
  /** The address on Telegram. */
  who: string;
}

/** What was written or entered by the person and by staff in words: none of it may be readable without the key. */
export const words: Needle[] = [
  { name: "language in words", value: "Zzlingalamark" },
  { name: "phone", value: "015198765430" },
  { name: "phone of somebody else", value: "015198765431" },
  { name: "phone in urgent help", value: "015198765432" },
  { name: "words nobody asked for", value: "Zzstraymark" },
  { name: "words in urgent help", value: "Zzurgentmark" },
  { name: "words with other letters", value: "Жжпозначка" },
  { name: "place in words", value: "Zztownmark" },
  ...staffWords,
  { name: "words of staff", value: "Zzstaffmark" },
  { name: "words to staff", value: "Zzanswermark" },
];

const say = (text: string): Content => ({ type: "words", text });
const receive = ({ process, who }: Life, content: Content) => process.turns.receive(messageFrom(who, content));

/** Everything that leaves something behind, in order. Whoever adds a flow or an act of staff adds it here. */
export const happenings: { [name: string]: (life: Life) => Promise<unknown> } = {
  "comes by a partner's link": (life) => receive(life, { type: "start", door: "caritas" }),

  "sends an intake": (life) =>
    walk(life.process, life.who, {
      ...ada,
      "intake.interpreter": "other",
      "intake.interpreterLanguage": "/Zzlingalamark",
      "intake.reach": "phone",
      "intake.phone": "/015198765430",
      "intake.safeTime": "any",
    }),

  "sends one for somebody else": (life) =>
    walk(life.process, life.who, {
      ...ada,
      agreement: [],
      "intake.forWhom": "other",
      "intake.reach": "phone",
      "intake.phone": "/015198765431",
      "intake.safeTime": "any",
    }),

  "writes what nobody asked for": async (life) => {
    await receive(life, say("Zzstraymark hello"));
    await receive(life, say("Жжпозначка"));
    await receive(life, { type: "edited" });
  },

  "needs urgent help and is called": (life) =>
    walk(
      life.process,
      life.who,
      {
        urgent: "call",
        "urgent.agreement": "yes",
        "urgent.phone": "/0151 98765432",
        "urgent.safeTime": "any",
        "urgent.after": "continue",
      },
      say("I want to die Zzurgentmark"),
    ),

  "changes what was sent": (life) =>
    walk(
      life.process,
      life.who,
      {
        data: "change",
        "data.which": "/1",
        "intake.summary": ["change", "send"],
        "intake.change": "age",
        "intake.age": "18to26",
      },
      say("/data"),
    ),

  "asks for files, which wait because the channel refuses them": async (life) => {
    await walk(life.process, life.who, {}, say("/data"));
    life.process.bot.failures.push(new SendError("rejected", "refused"), new SendError("rejected", "refused"));
    await receive(life, pressOn(life.process.sent, "file"));
    await life.process.settled();
  },

  "gets a message that the channel refuses": async (life) => {
    life.process.bot.failures.push(new SendError("rejected", "refused"));
    await receive(life, say("/menu"));
    await life.process.settled();
  },

  "is claimed": async ({ pool, keyring, process }) => {
    const { rows } = await pool.query<{ code: string }>(`SELECT code FROM case_file`);
    for (const [index, { code }] of rows.entries())
      await actOnCase(
        { pool, keyring, place, texts, owner: 1, changed: () => {} },
        {
          channel: "telegram",
          account: "4242",
          id: `44100${index}`,
          room: "-100",
          at: Date.now(),
          act: "claim",
          code,
          by: { id: "55501", name: "Anna Beispiel" },
        },
      );
    await process.settled();
  },

  ...staffHappenings,

  "talks with a colleague": async (life) => {
    const { pool, keyring, process } = life;
    const { rows } = await pool.query<{ code: string }>(`SELECT code FROM case_file WHERE status = 'claimed' LIMIT 1`);
    const writing = {
      code: rows[0]?.code ?? "",
      id: randomUUID(),
      by: await colleague(life, "Anna Beispiel"),
      words: { type: "free", text: "Zzstaffmark", language: "de" },
      at: new Date(),
      owner: 1,
      anyway: true,
    } as const;
    const makeCard = (found: NoticeCase) => erasedCard(found);
    expect(await writeWords(pool, keyring, writing, makeCard)).toMatchObject({ type: "sent" });
    await process.settled();
    await receive(life, say("Zzanswermark"));
    await process.settled();
  },

  "waits in vain, and everybody is told": async ({ pool, keyring, process }) => {
    const later = Date.now() + 60 * 24 * 60 * 60 * 1000;
    const given = {
      place,
      keyring,
      owner: () => 1,
      tell: tellAll([page, rooms({ keyring, owner: () => 1 })]),
      writeCards: async () => [],
      changed: () => {},
    };
    // The oldest case that waits is named by the overview of a day.
    await pool.query(
      `UPDATE case_file SET status = 'open', claimed_by = NULL, claimed_by_id = NULL, claimed_at = NULL
        WHERE id = (SELECT id FROM case_file ORDER BY submitted_at DESC LIMIT 1)`,
    );
    await dailyDigest(pool, given, Date.parse("2027-01-18T08:00Z"));
    await lookAfterCases(pool, given, later);
    await tellLateAnswers(pool, given, later - (later % 86_400_000) + 12 * 3_600_000);
    await process.settled();
  },

  "says stop and comes back": async (life) => {
    await receive(life, say("/stop"));
    await receive(life, say("/start"));
  },

  "leaves an intake open and is reminded": async (life) => {
    await walk(life.process, life.who, {
      ...ada,
      agreement: [],
      "intake.forWhom": "other",
      "intake.where": "/Zztownmark",
    });
    await life.pool.query(`UPDATE session SET remind_at = now() WHERE remind_at IS NOT NULL`);
    const { pool, keyring, process } = life;
    const given = { keyring, receive: process.turns.receive.bind(process.turns), accountOf: () => "4242" };
    await remindOpenIntakes(pool, given);
    await process.settled();
  },
};

/** What the person does to have everything erased. */
export async function askForErasure({ process, who }: Pick<Life, "process" | "who">): Promise<void> {
  const asked = { data: "delete", "data.delete": "yes" };
  await walk(process, who, asked, say("/data"));
}
