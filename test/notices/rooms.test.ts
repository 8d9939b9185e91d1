import { expect, test } from "vitest";
import { latePrompt } from "../../src/conversation/late.ts";
import { createRender } from "../../src/conversation/render.ts";
import { type News, newsKinds } from "../../src/domain/news.ts";
import { toNotice } from "../../src/notices/rooms.ts";
import { loadTexts } from "../../src/texts.ts";
import { paderborn as place } from "../domain/people.ts";

const now = Date.parse("2026-11-20T11:00Z");
const texts = loadTexts();
const render = createRender({ texts, place, publicUrl: "https://lotse.example", now: () => now });
const about = {
  caseId: "0",
  code: "K7-42M",
  municipality: "delbrueck",
  priority: "urgent" as const,
  submittedAt: now - 3 * 3_600_000,
};
const counts = { fresh: 3, waiting: 5, dueToday: 1, overdue: 2, silent: 1, oldest: "AA-222" };

function shown(news: Partial<News>): string {
  const { text, buttons, links } = render(
    toNotice({ kind: "unclaimed", to: { team: "nord" }, facts: { team: "nord", name: "Ada B." }, at: now, ...news }),
  );
  return [
    text,
    ...buttons.map(({ label, data }) => `[${label}] ${data}`),
    ...links.map(({ label, url }) => `(${label}) ${url}`),
  ].join("\n");
}

test("news as a room shows them", async () => {
  const all = newsKinds.map((kind) =>
    shown(kind === "digest" ? { kind, facts: { team: "nord", ...counts } } : { kind, about }),
  );
  const few = shown({ kind: "digest", facts: { team: "sued", fresh: 0, waiting: 1, oldest: "AA-333" } });
  const nowhere = shown({ about: { ...about, municipality: null, priority: "normal" } });
  await expect([...all, few, nowhere].join("\n\n")).toMatchFileSnapshot("rooms/news.txt");
});

test("what people are told who waited in vain, in every language", async () => {
  const prompt = latePrompt(place, { code: "K7-42M", dueOn: "2026-11-19" }, now);
  const said = place.languages.map((language) => {
    const { text } = render({ type: "prompt", prompt, language });
    return `${language}:\n${text}`;
  });
  await expect(said.join("\n\n")).toMatchFileSnapshot("rooms/late.txt");
});

test("in the evening they hear when the phone is answered next", () => {
  const { values } = latePrompt(place, { code: "K7-42M", dueOn: "2026-11-19" }, Date.parse("2026-11-20T18:00Z"));
  expect(values).toMatchObject({ day: { type: "date", day: "2026-11-23" }, from: "08:30", to: "16:00" });
});
