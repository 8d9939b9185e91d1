import { expect, test } from "vitest";
import { toBlocks, toPieces } from "../../../bots/web/page/words.js";

const links = (line: string) => toPieces(line).flatMap((piece) => (piece.type === "link" ? [piece.href] : []));

test.each([
  ["call 05251 000000 (example).", ["tel:05251000000"]],
  ["call +49 5251 000-000, please", ["tel:+495251000000"]],
  ["free: 0800 1110111 or 116 117", ["tel:08001110111", "tel:116117"]],
  ["Police 110, ambulance **112**", ["tel:110", "tel:112"]],
  ["see https://www.example.org/help?x=1.", ["https://www.example.org/help?x=1"]],
  ["(https://example.org) and http://example.com/a,b!", ["https://example.org", "http://example.com/a,b"]],
])("makes links of addresses and numbers: %s", (line, expected) => {
  expect(links(line)).toEqual(expected);
});

test.each([
  "33129 Delbrück",
  "before April 2025, § 24",
  "open 10:00–12:30 and 9–12, room 0.112",
  "K7-42M",
  "01.04.2025",
  "1 of 9",
  "in 1110 days",
  "javascript:alert(1)",
])("leaves other figures as they are: %s", (line) => {
  expect(links(line)).toEqual([]);
});

test("keeps a section sign with its number", () => {
  expect(toBlocks("see § 12a, §§ 3 and § x")).toEqual([
    { type: "lines", lines: [[{ type: "text", text: "see §\u00a012a, §§\u00a03 and § x" }]] },
  ]);
});

test("cuts a text into lines and lists, with bold words", () => {
  expect(toBlocks("One **two**\nthree\n\n• first\n• second\nend")).toEqual([
    {
      type: "lines",
      lines: [
        [
          { type: "text", text: "One " },
          { type: "strong", text: "two" },
        ],
        [{ type: "text", text: "three" }],
      ],
    },
    { type: "list", items: [[{ type: "text", text: "first" }], [{ type: "text", text: "second" }]] },
    { type: "lines", lines: [[{ type: "text", text: "end" }]] },
  ]);
});

test("keeps every character of a text without markup", () => {
  const text = "a < b & c > d ** e * f 🇺🇦 مرحبا";
  expect(
    toPieces(text)
      .map((piece) => piece.text)
      .join(""),
  ).toBe(text);
});
