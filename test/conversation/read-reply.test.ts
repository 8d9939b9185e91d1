import { describe, expect, test } from "vitest";
import { toData } from "../../src/conversation/button-data.ts";
import { type Asked, readPress, readWords } from "../../src/conversation/read-reply.ts";
import { isLabel, vocabularyOf } from "../../src/conversation/vocabulary.ts";
import { givenOf } from "../flows/given.ts";
import { texts } from "./talk.ts";

const asked = (question: Asked["question"], more: Partial<Asked> = {}): Asked => ({
  question,
  choices: Array.isArray(question.choices) ? question.choices.map((value: string) => ({ value })) : [],
  token: 7,
  pressed: undefined,
  chosen: 0,
  page: 0,
  ...more,
});
const yesNo = asked({ key: "intake.letter", choices: ["yes", "no"] });
const payer = asked({
  key: "intake.payer",
  choices: ["jobcenter", "social_office", "employment_agency", "work", "family", "nobody", "unsure"],
});
const needs = asked({
  key: "intake.needs",
  several: "needs",
  choices: [
    "benefits",
    "housing",
    "language",
    "work_training",
    "education_childcare",
    "residence_law",
    "health",
    "family",
  ],
});
const read = (text: string, to: Asked | undefined) => readWords(text, to, vocabularyOf(texts), givenOf());

describe("words", () => {
  test.each([
    ["a label", "Own work", payer, "work"],
    ["a label with other case, signs and emoji", "  OWN work!! 💪", payer, "work"],
    ["a label without its accents", "Fur mich", payer, undefined],
    ["a label in another language", "Eigene Arbeit", payer, "work"],
    ["full-width letters", "Ｏｗｎ ｗｏｒｋ", payer, "work"],
    ["a number", "4", payer, "work"],
    ["an Arabic number", "٤", payer, "work"],
    ["a Persian number with a dot", "۴.", payer, "work"],
    ["a number that stands for nothing", "9", payer, undefined],
    ["a part of one label", "friends", payer, "family"],
    ["a part of two labels", "Agentur Jobcenter", payer, undefined],
    ["yes", "Yes.", yesNo, "yes"],
    ["ja", "ja", yesNo, "yes"],
    ["of course", "of course", yesNo, "yes"],
    ["nein", "Nein!", yesNo, "no"],
    ["yes, where it means nothing", "yes", payer, undefined],
    ["several by label and number", "1; Housing\nHealth", needs, ["+benefits", "+housing", "+health"]],
    ["one of several", "housing", needs, "+housing"],
    ["several, one of them unknown", "1, swimming", needs, undefined],
    ["the next page", "more …", needs, "page:1"],
    ["done, when something is chosen", "Done", { ...needs, chosen: 1 }, "done"],
    ["done, when nothing is", "Done", needs, undefined],
    ["something else", "I would like to tell you a story", payer, undefined],
  ])("%s", (_, text, to, value) => {
    const reply = read(text, to);
    expect(reply.type === "answer" ? reply.value : undefined).toEqual(value);
  });

  test.each([
    ["/menu", "menu"],
    ["/menu@lotse_bot", "menu"],
    ["/start caritas", "start"],
    ["Menü", "menu"],
    ["STOPP", "stop"],
    ["my data", "data"],
    ["zurück", "back"],
    ["/löschen", "delete"],
    ["alles löschen", "delete"],
    ["Hilfe", "help"],
  ])("%s is the command %s", (text, name) => {
    expect(read(text, payer)).toEqual({ type: "command", name });
  });

  test.each([
    "bitte stopp",
    "Stopp bitte!",
    "jetzt aufhören",
    "Hören Sie bitte auf",
    "bitte nicht mehr schreiben",
    "stop it please",
    "no more messages",
    "СТОП",
    "стій, будь ласка",
    "не пишіть мені більше",
    "пожалуйста, не пишите мне",
    "перестаньте",
    "توقف",
    "توقفوا من فضلكم",
    "لا تكتبوا لي الآن",
    "lütfen dur",
    "artık yazmayın lütfen",
  ])("%s ends all messages", (text) => {
    expect(read(text, payer)).toEqual({ type: "command", name: "stop" });
    expect(read(text, asked({ key: "intake.interpreterLanguage", open: () => "any" }))).toMatchObject({ name: "stop" });
  });

  test.each([
    ["please delete everything", "delete"],
    ["будь ласка, видаліть все", "delete"],
    ["Bitte meine Daten", "data"],
    ["أروني بياناتي من فضلكم", "data"],
    ["будь ласка, завершіть розмову", "end"],
    ["Ich will meine Daten löschen", "delete"],
    ["я хочу видалити мої дані", "delete"],
    ["хочу удалить все", "delete"],
    ["أريد حذف بياناتي", "delete"],
    ["verilerimi silmek istiyorum", "delete"],
  ])("%s is the command %s", (text, name) => {
    expect(read(text, payer)).toEqual({ type: "command", name });
  });

  test.each([
    "Bitte nicht aufhören",
    "the bus stop",
    "Durmuş",
    "bitte",
    "please help",
    "Stoppstraße",
    "не пишіть мені листи",
    "ich möchte Deutsch lernen",
    "Ja bitte",
  ])("%s is no command", (text) => {
    const reply = read(text, asked({ key: "intake.interpreterLanguage", open: (words) => words }));
    expect(reply.type).toBe("answer");
  });

  test("no label is heard as stop or delete but those that say so", () => {
    const labels = texts.languages.flatMap(({ code }) =>
      texts.keys.filter(isLabel).map((key) => ({ key, code, reply: read(texts.text(code, key), undefined) })),
    );
    const heard = labels.filter(({ reply }) => reply.type === "command" && /stop|delete/.test(reply.name));
    const others = heard.filter(({ key }) => !/\.(stop|delete)$/.test(key));
    expect(others.map(({ key, code }) => `${code} ${key}`)).toEqual([]);
  });

  test.each([
    ["Deutsch", "de"],
    ["german", "de"],
    ["Englisch", "en"],
    ["english!", "en"],
  ])("%s names a language", (text, code) => {
    expect(read(text, payer)).toEqual({ type: "language", code });
  });

  test.each([
    "SOS",
    "he HITS me",
    "My husband beats me every day",
    "I want to kill myself",
    "i don't want to live any more",
    "suicidal",
    "Er schlägt mich",
    "Selbstmordgedanken",
    "Notfall",
    "Gewalt.",
    "112",
    "1, 2, rape",
  ])("%s calls for urgent help, whatever was asked", (text) => {
    expect(read(text, payer).type).toBe("urgent");
    expect(read(text, undefined).type).toBe("urgent");
  });

  test.each(["I need help", "Hilfe", "1120", "a grape", "sossen", "Ich brauche Hilfe", "Umbringer"])(
    "%s does not",
    (text) => {
      expect(read(text, payer).type).not.toBe("urgent");
    },
  );

  test.each([
    ["", "retry.empty"],
    ["...", "retry.empty"],
    ["blah", "retry.choice"],
    ["x".repeat(4_001), "retry.long"],
  ])("%s is unclear: %s", (text, why) => {
    expect(read(text, payer)).toEqual({ type: "unclear", why });
  });

  test("a question has its own words for what is no answer, if there are any", () => {
    const open = asked({ key: "intake.phone", open: () => undefined });
    expect(read("hm", open)).toEqual({ type: "unclear", why: "intake.phone.retry" });
    expect(read("hm", { ...open, question: { key: "other", open: () => undefined } })).toEqual({
      type: "unclear",
      why: "retry.words",
    });
  });
});

describe("presses", () => {
  test.each([
    ["an answer", toData(7, "work"), payer, { type: "answer", value: "work", typed: false }],
    ["a choice of several", toData(7, "-housing"), needs, { type: "answer", value: "-housing", typed: false }],
    ["a page", toData(7, "page:1"), needs, { type: "answer", value: "page:1", typed: false }],
    ["an older question", toData(6, "work"), payer, { type: "stale" }],
    ["a question that never was", toData(8, "work"), payer, { type: "stale" }],
    ["a page that is none", toData(7, "page:9"), needs, { type: "stale" }],
    ["a value that is none", toData(7, "toString"), payer, { type: "stale" }],
    ["a switch without a sign", toData(7, "housing"), needs, { type: "stale" }],
    ["nonsense", "\u0000", payer, { type: "stale" }],
    ["the same again", toData(6, "work"), { ...payer, pressed: toData(6, "work") }, { type: "repeated" }],
    ["a private question again", toData(6, "x"), { ...payer, pressed: toData(6, "") }, { type: "repeated" }],
    ["menu", "!menu", payer, { type: "command", name: "menu" }],
    ["urgent help", "!urgent", payer, { type: "urgent" }],
    ["done without a choice", toData(7, "done"), needs, { type: "unclear", why: "retry.nothingChosen" }],
  ] as const)("%s", (_, data, to, reply) => {
    expect(readPress(data, to as Asked)).toEqual(reply);
  });
});
