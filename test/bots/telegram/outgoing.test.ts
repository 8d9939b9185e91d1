import { expect, test } from "vitest";
import { toBodies } from "../../../bots/telegram/outgoing.ts";
import type { Button } from "../../../src/domain/prompt.ts";
import { rendered } from "../contract.ts";

const buttons = (...labels: string[]): Button[] => labels.map((label, i) => ({ label, data: `1:${i}` }));
const rowsOf = (message: ReturnType<typeof rendered>) =>
  toBodies(message)
    .at(-1)
    ?.reply_markup?.inline_keyboard.map((row) => row.map(({ text }) => text));

test("writes HTML without a link's preview, menu and urgent help below", () => {
  expect(toBodies(rendered("**Lotse** & you <3"))).toEqual([
    {
      text: "<b>Lotse</b> &amp; you &lt;3",
      parse_mode: "HTML",
      link_preview_options: { is_disabled: true },
      reply_markup: {
        inline_keyboard: [
          [
            { text: "Menu", callback_data: "!menu" },
            { text: "Urgent help", callback_data: "!urgent" },
          ],
        ],
      },
    },
  ]);
});

test.each([
  [buttons("Yes", "No"), [["Yes", "No"]]],
  [buttons("1", "2", "3", "4"), [["1", "2", "3"], ["4"]]],
  [
    buttons("Altenbeken", "Bad Lippspringe", "Bad Wünnenberg", "Borchen"),
    [
      ["Altenbeken", "Bad Lippspringe"],
      ["Bad Wünnenberg", "Borchen"],
    ],
  ],
  [
    buttons("Yes", "I am not sure, or I prefer not to say", "No"),
    [["Yes"], ["I am not sure, or I prefer not to say"], ["No"]],
  ],
])("lays buttons out by the length of their labels: %#", (answers, rows) => {
  expect(rowsOf(rendered("?", { buttons: answers, standing: [] }))).toEqual(rows);
});

test("marks what is chosen", () => {
  const [money = { label: "", data: "" }, housing = money] = buttons("Money", "Housing");
  const message = rendered("?", { buttons: [money, { ...housing, chosen: true }], standing: [], multiple: true });
  expect(rowsOf(message)).toEqual([["Money", "✓ Housing"]]);
});

test("puts a link beside the answers, and into the text where Telegram would refuse the button", () => {
  const claim = buttons("Übernehmen");
  const link = (url: string) =>
    rendered("K7-42M", { buttons: claim, links: [{ label: "Ansehen", url }], standing: [] });
  expect(toBodies(link("https://lotse.example.org/staff"))[0]?.reply_markup?.inline_keyboard).toEqual([
    [
      { text: "Übernehmen", callback_data: "1:0" },
      { text: "Ansehen", url: "https://lotse.example.org/staff" },
    ],
  ]);
  const [local] = toBodies(link("http://localhost:3000/staff"));
  expect(local?.text).toBe("K7-42M\nAnsehen: http://localhost:3000/staff");
  expect(local?.reply_markup?.inline_keyboard).toEqual([[{ text: "Übernehmen", callback_data: "1:0" }]]);
});

test("sends a long text in several messages, the buttons with the last", () => {
  const bodies = toBodies(rendered("A sentence & more. ".repeat(600)));
  expect(bodies).toHaveLength(3);
  expect(bodies.map((body) => body.reply_markup !== undefined)).toEqual([false, false, true]);
});

test("sends no keyboard where there are no buttons", () => {
  expect(toBodies(rendered("Bye", { standing: [] }))[0]).not.toHaveProperty("reply_markup");
});

test.each([
  ["begins with Arabic", "مرحبا Lotse", "rtl", "مرحبا Lotse"],
  ["begins with a German name", "Jobcenter: مكتب", "rtl", "\u200fJobcenter: مكتب"],
  ["has only an isolated name before Arabic", "\u2068Jobcenter\u2069 مكتب", "rtl", "\u2068Jobcenter\u2069 مكتب"],
  ["has no letters", "110", "rtl", "\u200f110"],
  ["has several lines", "مرحبا\n\n1. Caritas", "rtl", "مرحبا\n\n\u200f1. Caritas"],
  ["begins bold", "**K7-42M** رمز", "rtl", "\u200f<b>K7-42M</b> رمز"],
  ["is English", "Hello\n1. Caritas", "ltr", "Hello\n1. Caritas"],
  ["begins with a foreign language's name", "العربية is Arabic", "ltr", "\u200eالعربية is Arabic"],
] as const)("gives a line its language's direction when it %s", (_, text, direction, expected) => {
  expect(toBodies(rendered(text, { direction }))[0]?.text).toBe(expected);
});

test("leaves labels alone unless both directions meet", () => {
  const message = rendered("?", {
    direction: "rtl",
    buttons: buttons("English", "العربية", "§ 24 حماية", "Duldung دولدونغ"),
  });
  const labels = rowsOf({ ...message, standing: [] })?.flat();
  expect(labels).toEqual(["English", "العربية", "§ 24 حماية", "\u200fDuldung دولدونغ"]);
});
