import { expect, test } from "vitest";
import { parseAge } from "../../../flows/replies/age.ts";
import { folded } from "../../../flows/replies/folded.ts";
import { parsePhone } from "../../../flows/replies/phone.ts";
import { parseTown } from "../../../flows/replies/town.ts";
import { parseWords } from "../../../flows/replies/words.ts";
import { givenOf } from "../given.ts";

test.each([
  ["Grüße, ÇA va?", "grusse ca va"],
  ["İstanbul IĞDIR", "istanbul igdir"],
  ["п'ять  ЁЖ", "пять еж"],
  ["نَعَمْ ١٢", "نعم 12"],
  ["أهلا", "اهلا"],
  ["🙂…", ""],
])("folds %s to %s", (words, said) => {
  expect(folded(words)).toBe(said);
});

test.each([
  ["0170 1234567", "01701234567"],
  ["+49 (0)170-123 45 67", "+491701234567"],
  ["0049170/1234567", "+491701234567"],
  ["my number is 0170 1234567, thanks", "01701234567"],
  ["٠١٧٠١٢٣٤٥٦٧", "01701234567"],
  ["110", undefined],
  ["1234567890123456", undefined],
  ["no number", undefined],
  ["", undefined],
])("reads the phone number in %s as %s", (words, number) => {
  expect(parsePhone(words)).toBe(number);
});

test.each([
  ["11", "under12"],
  ["I am 17", "12to17"],
  ["18 years", "18to26"],
  ["٣٤", "27to66"],
  ["67", "67plus"],
  ["121", undefined],
  ["17 or 18", undefined],
  ["old", undefined],
])("reads the age %s as %s", (words, band) => {
  expect(parseAge(words)).toBe(band);
});

test.each([
  ["33129", "delbrueck"],
  ["D-33129 Delbrück", "delbrueck"],
  ["ich wohne in Büren", "bueren"],
  ["buren", "bueren"],
  ["in Bad Lippspringe, near the church", "bad-lippspringe"],
  ["BAD LIPPSPRINGE", "bad-lippspringe"],
  ["10115", "elsewhere"],
  ["Hamburg", undefined],
  ["331299", undefined],
])("reads the place %s as %s", (words, where) => {
  expect(parseTown(words, givenOf(), ["elsewhere"])).toBe(where);
});

test("knows no other district where the question does not", () => {
  expect(parseTown("10115", givenOf(), [])).toBeUndefined();
});

test.each([
  [" Kur\u0000manci\n ", "Kur manci"],
  ["", undefined],
  ["12345", undefined],
  ["x".repeat(61), undefined],
])("reads the words %s as %s", (words, said) => {
  expect(parseWords(60)(words)).toBe(said);
});
