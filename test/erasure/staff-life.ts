import { expect } from "vitest";
import type { CaseAct } from "../../src/domain/case-act.ts";
import { deliverReferrals } from "../../src/jobs/deliver-referrals.ts";
import { actOnCase } from "../../src/store/case-acts.ts";
import { readCase } from "../../src/store/cases.ts";
import { claimCase } from "../../src/store/claim.ts";
import { lazyPrisma } from "../../src/store/prisma.ts";
import { recordReading } from "../../src/store/readings.ts";
import { askReferral, handOver } from "../../src/store/referrals.ts";
import { addStaff } from "../../src/store/staff.ts";
import { walk } from "../host/walk.ts";
import { makers } from "../store/act-stage.ts";
import type { Life } from "./life.ts";
import type { Needle } from "./search.ts";

/** What staff wrote beside the talk, as reasons and for colleagues. */
export const staffWords: Needle[] = [
  { name: "reason of a hand-back", value: "Zzhandbackmark" },
  { name: "words to the next colleague", value: "Zzhandovermark" },
  { name: "words to the next team", value: "Zzteammark" },
  { name: "words at the end of a case", value: "Zzclosemark" },
  { name: "reason to open it again", value: "Zzreopenmark" },
  { name: "reason of a decision", value: "Zzdecisionmark" },
];

/** What staff do with the person's first case, and what the person answers. */
export const staffHappenings: { [name: string]: (life: Life) => Promise<unknown> } = {
  "is read": async (life) => {
    const { pool } = life;
    const [{ id: caseId }, anna] = [await caseOf(life), await colleague(life, "Anna Beispiel")];
    const by = { id: anna.id.replace("staff:", ""), name: anna.name };
    await recordReading(pool, { caseId, by, parts: ["answers", "proposals", "talk"], at: new Date() });
  },

  "is worked on, with words for every act": async (life) => {
    const [anna, berta] = [await colleague(life, "Anna Beispiel"), await colleague(life, "Berta Muster")];
    const act = async (asked: CaseAct, by = anna) => {
      const { code, version } = await caseOf(life);
      const order = { code, version, act: asked, by, at: new Date(), owner: 1 };
      expect(await actOnCase(life.pool, life.keyring, order, makers), asked.type).toMatchObject({ type: "done" });
    };
    const claim = async (by = anna) => {
      const { code } = await caseOf(life);
      const claiming = { code, by, at: new Date(), owner: 1 };
      expect(await claimCase(life.pool, life.keyring, claiming, makers.makeCard)).toMatchObject({ type: "claimed" });
    };
    const { proposals, intakes } = await caseOf(life);
    const [{ rule = "" } = {}, { version: intake = 0 } = {}] = [proposals[0], intakes[0]];
    await act({ type: "decide", intake, rule, verdict: { type: "confirm" } });
    const change = { type: "change", office: "kim", reason: "Zzdecisionmark" } as const;
    await act({ type: "decide", intake, rule, verdict: change });
    const { decisions, languageNow } = await caseOf(life);
    const decision = decisions.find(({ office }) => office === "kim")?.id ?? "";
    await act({ type: "tell", decision, language: languageNow });
    await act({ type: "contactPerson", staff: berta.id.replace("staff:", "") });
    await act({ type: "stage", stage: "assessment" });
    await act({ type: "interpreter", done: true });
    await act({ type: "signed", on: "2026-11-20" });
    await act({ type: "handOver", to: { staff: berta.id.replace("staff:", "") }, words: "Zzhandovermark" });
    await act({ type: "handBack", reason: "Zzhandbackmark" }, berta);
    await claim(berta);
    await act({ type: "handOver", to: { team: "stadt" }, words: "Zzteammark" }, berta);
    await claim();
    await act({ type: "close", outcome: "referred", words: "Zzclosemark" });
    await act({ type: "reopen", reason: "Zzreopenmark" });
    await claim();
    await life.process.settled();
  },

  "is asked about offices: data goes to one, another waits for the answer": async (life) => {
    const { pool, keyring, process, who } = life;
    const by = await colleague(life, "Anna Beispiel");
    const ask = async (office: string) => {
      const { code, intakes } = await caseOf(life);
      const asked = { code, office, items: ["needs", "paper"], version: intakes[0]?.version ?? 0, by };
      expect(await askReferral(pool, { ...asked, confidentiality: true })).toBe("asked");
      const receive = process.turns.receive.bind(process.turns);
      await deliverReferrals(pool, { keyring, receive, accountOf: () => "4242" });
      await process.settled();
    };
    await ask("jobcenter");
    await walk(process, who, { referral: "yes", "referral.release": "yes" }, { type: "words", text: "/start" });
    const { code, referrals } = await caseOf(life);
    const id = referrals[0]?.id ?? "";
    expect(await handOver(pool, { code, id, day: "2026-11-28", by })).toBe(true);
    await pressOnAgreement(life, "office:jobcenter", "withdraw");
    await ask("kim");
  },

  "gives and takes back what can be agreed to": async (life) => {
    await pressOnAgreement(life, "evaluation", "give");
    await pressOnAgreement(life, "contact", "withdraw");
    await pressOnAgreement(life, "contact", "give");
    await pressOnAgreement(life, "intake", "withdraw");
    await pressOnAgreement(life, "intake", "give");
  },

  "gets files": async ({ process, who }) => {
    await walk(process, who, { data: "file" }, { type: "words", text: "/data" });
    await process.settled();
    expect(process.bot.sent.filter(({ file }) => file)).toHaveLength(2);
  },
};

function pressOnAgreement({ process, who }: Life, key: string, act: string): Promise<void> {
  const plan = { data: ["agreements", "end"], agreements: [key, "end"], "agreements.one": act };
  return walk(process, who, plan, { type: "words", text: "/data" });
}

/** The first case, as it is by now. */
async function caseOf({ pool, keyring }: Life) {
  const { rows } = await pool.query<{ id: string; code: string; version: number }>(
    `SELECT id, code, version FROM case_file WHERE contact_id IS NOT NULL ORDER BY submitted_at LIMIT 1`,
  );
  const { id = "", code = "", version = 0 } = rows[0] ?? {};
  const found = (await readCase(await lazyPrisma(pool)(), keyring, code)) ?? expect.fail("no case");
  return { ...found, id, version };
}

/** A case manager by name, as who acts. */
export async function colleague({ pool, keyring }: Life, name: string): Promise<{ id: string; name: string }> {
  const { rows } = await pool.query<{ id: string }>(`SELECT id FROM staff WHERE name = $1`, [name]);
  const details = { showName: true, email: null, employer: null, languages: [], share: 100 };
  const made = { ...details, name, team: "nord", roles: ["case_manager" as const] };
  return { id: `staff:${rows[0]?.id ?? (await addStaff(pool, keyring, made))}`, name };
}
