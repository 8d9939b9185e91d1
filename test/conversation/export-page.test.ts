import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { exportJson } from "../../src/conversation/export-json.ts";
import { exportPage } from "../../src/conversation/export-page.ts";
import { agreementRecordsOf } from "../../src/domain/agreement-record.ts";
import type { OwnData } from "../../src/domain/own-data.ts";
import { noon, place, texts } from "./talk.ts";

/** Every kind that staff's history knows, but of cases that are gone. */
const staffFile = join(import.meta.dirname, "../../locales/staff/de.json");
const eventKinds = Object.keys(JSON.parse(readFileSync(staffFile, "utf8")).texts)
  .flatMap((key) => /^event\.(.+)$/.exec(key)?.[1] ?? [])
  .filter((kind) => kind !== "erased" && kind !== "expired");
const at = new Date(noon).toISOString();
const own: OwnData = {
  contact: { id: "c-1", channel: "telegram", address: "424242", since: at },
  session: {
    language: "en",
    silent: null,
    updatedAt: at,
    remindAt: null,
    version: 3,
    messagesSent: 9,
    conversation: {
      stack: [{ flow: "intake", version: 1, value: "where", context: { answers: { forWhom: "family" } } }],
      token: 1,
    },
  },
  cases: [
    {
      code: "K7-42M",
      status: "open",
      forWhom: "self",
      facts: { team: "nord" },
      submittedAt: at,
      dueOn: "2026-11-25",
      intakes: [1, 2].map((version) => ({
        version,
        submittedAt: at,
        answers: { forWhom: "self", where: version === 1 ? "delbrueck" : "bueren", paper: "tolerated" },
        proposals: [],
      })),
      events: [
        { at, kind: "submitted", by: "self", facts: {} },
        ...eventKinds.map((kind) => ({ at, kind, by: "team" as const, facts: { office: "jobcenter" } })),
        { at, kind: "closed", by: "team", facts: {}, words: "All is settled." },
        { at, kind: "of_a_kind_to_come", by: "team", facts: {} },
      ],
      decisions: [
        {
          ...{ at, toldAt: null, intakeVersion: 1, kind: "changed", rule: "r" },
          ...{ proposed: "jobcenter", office: null, reason: "Because I looked at it." },
        },
      ],
      referrals: [
        {
          ...{ office: "jobcenter", state: "withdrawn", confidentiality: true, askedAt: at, answeredAt: at },
          ...{ withdrawnAt: at, handedOverOn: "2026-11-20", answers: { where: "paderborn" } },
        },
      ],
    },
  ],
  agreements: [{ record: { id: "a-1" }, purpose: "intake", state: "given", at, text: "What I agreed to." }],
  agreementRecords: agreementRecordsOf(place, "c-1", [
    {
      ...{ id: "receipt-1", schemaVersion: "2", purpose: "office", recipient: "jobcenter", state: "given" },
      ...{ textHash: "h4sh", textVersion: "1", language: "en", channel: "telegram", way: "press", legalBasis: "x" },
      ...{ place: "x", interpreter: null, data: ["where"], at: noon },
    },
  ]),
  messages: [
    {
      at,
      entries: [
        { type: "said", key: "intake.interpreterLanguage" },
        { type: "answered", question: "intake.interpreterLanguage", answer: `<script>alert("1")</script> **x**` },
      ],
    },
  ],
  appointments: [],
  readings: [{ at: noon, name: "Erika Beispiel", part: "answers", code: "K7-42M" }],
  dropped: [],
};
const page = (language: string, changed: Partial<OwnData> = {}) =>
  exportPage({ own: { ...own, ...changed }, place, texts, language, at: noon });

describe("the page of what is kept", () => {
  test.each(texts.languages)(
    "is complete in $code, in its direction, without a key left over",
    ({ code, direction }) => {
      const html = page(code);
      expect(html).toContain(`<html lang="${code}" dir="${direction}">`);
      expect(html).not.toMatch(/\b(export|data|purpose|intake)\.[a-z]+|\{\{|undefined|\[object/);
      for (const found of [
        "All is settled.",
        "Because I looked at it.",
        "Jobcenter Kreis Paderborn",
        "receipt-1",
        "h4sh",
      ])
        expect(html).toContain(found);
      // But for the one of a kind to come.
      expect(html.split(texts.text(code, "export.event.other"))).toHaveLength(2);
      for (const found of ["K7-42M", "Büren", "Delbrück", "Erika Beispiel", "What I agreed to.", "424242"])
        expect(html).toContain(found);
    },
  );

  test("has answers of all versions, and those that are not sent yet", () => {
    const html = page("en");
    expect(html.indexOf("Delbrück")).toBeLessThan(html.indexOf("Büren"));
    expect(html).toContain("Not sent yet");
    expect(html).toContain("My family");
  });

  test("lets nothing that was written become markup, and fetches nothing", () => {
    const html = page("en");
    expect(html).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;");
    expect(html).not.toMatch(/<script|src=|href=|url\(|@import/);
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  test("tells what somebody read at one moment as one reading, with its parts by name", () => {
    const html = page("en", {
      readings: ["answers", "talk"].map((part) => ({ at: noon, name: null, part, code: "K7-42M" })),
    });
    expect(html.split("Our team</bdi> · <bdi>K7-42M")).toHaveLength(2);
    expect(html).toContain("answers · conversation</li>");
  });

  test("says nothing of readings where they are not recorded, and that there were none where they are", () => {
    const { readings: _, ...without } = own;
    expect(exportPage({ own: without, place, texts, language: "en", at: noon })).not.toContain("Who has read");
    expect(page("en", { readings: [] })).toContain(texts.text("en", "data.kept.noReading"));
  });
});

test("the same for other programs is JSON with codes and times", () => {
  const json = JSON.parse(exportJson({ own, place, texts, language: "en", at: noon }));
  expect(json).toMatchObject({
    format: "lotse-export-1",
    place: "kreis-paderborn",
    madeAt: at,
    cases: [{ code: "K7-42M" }],
  });
});
