import fc from "fast-check";
import { expect, test } from "vitest";
import { toHtml } from "../../../bots/telegram/html.ts";
import { cut, split } from "../../../bots/telegram/split.ts";
import { parseHtml } from "../../doubles/telegram/text/html.ts";

const pieces = (text: string, limit: number) => split(text, limit).map(({ start, end }) => text.slice(start, end));
const withoutSpace = (text: string) => text.replace(/\s+/g, "");

test.each([
  ["a text that fits", "one two", 7, ["one two"]],
  ["between paragraphs", "First one.\n\nSecond. Third.", 18, ["First one.", "Second. Third."]],
  ["between lines", "First one.\nSecond. Third.", 18, ["First one.", "Second. Third."]],
  ["between sentences", "First one here. Second one there.", 20, ["First one here.", "Second one there."]],
  ["between words", "alpha beta gamma delta", 12, ["alpha beta", "gamma delta"]],
  ["inside a word longer than a piece", "abcdefghij", 4, ["abcd", "efgh", "ij"]],
  ["never inside a character", "a😀😀😀", 4, ["a😀", "😀😀"]],
  ["after an Arabic question mark", "هل أنت هنا الآن؟ نعم أنا هنا", 20, ["هل أنت هنا الآن؟", "نعم أنا هنا"]],
  ["nothing", "", 4, [""]],
])("parts %s", (_, text, limit, expected) => {
  expect(pieces(text, limit)).toEqual(expected);
});

const word = fc.oneof(
  fc.constantFrom(
    "a",
    "**bold words**",
    "**",
    "<b>",
    "&amp;",
    "😀",
    "👨‍👩‍👧",
    "مرحبا",
    ".",
    "?",
    "\n",
    "\n\n",
    " ",
    "  ",
  ),
  fc.string({ unit: "binary", maxLength: 12 }),
);
const anyText = fc.array(word, { maxLength: 80 }).map((words) => words.join(" "));

test("parts any text into pieces that fit, and loses nothing", () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 2, max: 60 }), (text, limit) => {
      const found = pieces(text, limit);
      for (const piece of found) {
        expect(piece.length).toBeLessThanOrEqual(limit);
        expect(piece.isWellFormed()).toBe(true);
      }
      expect(withoutSpace(found.join(""))).toBe(withoutSpace(text));
    }),
  );
});

test("makes HTML of any text that Telegram reads as the same text, bold where it was", () => {
  const boldOf = ({ text, entities }: ReturnType<typeof parseHtml>) =>
    entities.map(({ offset, length }) => text.slice(offset, offset + length)).join("");
  fc.assert(
    fc.property(anyText, fc.integer({ min: 2, max: 60 }), (text, limit) => {
      const [whole = ""] = toHtml(text, Number.MAX_SAFE_INTEGER);
      const parts = toHtml(text, limit).map(parseHtml);
      for (const part of parts) expect(part.text.length).toBeLessThanOrEqual(limit);
      expect(withoutSpace(parts.map((part) => part.text).join(""))).toBe(withoutSpace(parseHtml(whole).text));
      expect(withoutSpace(parts.map(boldOf).join(""))).toBe(withoutSpace(boldOf(parseHtml(whole))));
    }),
  );
});

test.each([
  ["**bold** & <plain>", "<b>bold</b> &amp; &lt;plain&gt;"],
  ["2 ** 3 ** 4", "2 ** 3 ** 4"],
  ["a ** lone pair", "a ** lone pair"],
  ["**one** and **two**", "<b>one</b> and <b>two</b>"],
  ["**not\nover lines**", "**not\nover lines**"],
])("turns %j into HTML", (text, html) => {
  expect(toHtml(text, 4096)).toEqual([html]);
});

test("cuts a notice, but no character", () => {
  expect(cut("a😀b", 2)).toBe("a");
  expect(cut("a😀b", 3)).toBe("a😀");
  expect(cut("a😀b", 4)).toBe("a😀b");
});
