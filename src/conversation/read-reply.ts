import type { Given } from "../../flows/conversation.ts";
import type { Question } from "../../flows/question.ts";
import { folded } from "../../flows/replies/folded.ts";
import type { Choice } from "../domain/prompt.ts";
import type { CommandName } from "../domain/texts.ts";
import { readData } from "./button-data.ts";
import { matchChoice } from "./match-choice.ts";
import { pageCount } from "./pages.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** A message as a flow sees it. */
export type Reply =
  /** Words that call for help, and the language they are in. */
  /** Of words, the languages that they are of: several have some in common. */
  | { type: "urgent"; languages?: string[] }
  | { type: "command"; name: CommandName }
  | { type: "language"; code: string }
  | { type: "answer"; value: string | string[]; typed: boolean }
  /** The same button again: a double tap. */
  | { type: "repeated" }
  /** A button of an older question. */
  | { type: "stale" }
  /** Words or a press that answer nothing; `why` is the key of what is said about it. */
  | { type: "unclear"; why: string };

/** What a reply is read against. */
export interface Asked {
  question: Question;
  choices: Choice[];
  /** Number of the question, the latest press, and what is chosen so far. */
  token: number;
  pressed: string | undefined;
  chosen: number;
  page: number;
}

/** Longer words are no answer; urgent ones are still found in them, as far as is read at all. */
const longest = 4_000;
const readable = 20_000;

/** Reads words: urgent ones first, then commands and languages, then the answer to the question. */
export function readWords(text: string, asked: Asked | undefined, vocabulary: Vocabulary, given: Given): Reply {
  const said = folded(text.slice(0, readable));
  const urgent = vocabulary.findUrgent(said);
  if (urgent) return { type: "urgent", languages: urgent.languages };
  const command = commandIn(text, said, vocabulary);
  if (command) return { type: "command", name: command };
  const value = asked && readAnswer(text, said, asked, vocabulary, given);
  if (value !== undefined) return { type: "answer", value, typed: true };
  const code = vocabulary.languages.find(said);
  if (code !== undefined && given.languages.includes(code)) return { type: "language", code };
  return { type: "unclear", why: whyUnclear(text, said, asked, vocabulary) };
}

/** Reads a pressed button. */
export function readPress(data: string, asked: Asked | undefined): Reply {
  const press = readData(data);
  if (press.type === "standing")
    return press.name === "urgent" ? { type: "urgent" } : { type: "command", name: press.name };
  if (isRepeat(data, asked?.pressed)) return { type: "repeated" };
  if (press.type === "unknown" || press.token !== asked?.token) return { type: "stale" };
  const { value } = press;
  if (value === "done" && asked.question.several !== undefined && asked.chosen === 0) {
    return { type: "unclear", why: "retry.nothingChosen" };
  }
  return isValid(value, asked) ? { type: "answer", value, typed: false } : { type: "stale" };
}

/** The same press again; of a private question only its number is known. */
function isRepeat(data: string, pressed: string | undefined): boolean {
  if (pressed === undefined || pressed === "") return false;
  return pressed.endsWith(":") ? data.startsWith(pressed) : data === pressed;
}

function isValid(value: string, { question, choices }: Asked): boolean {
  const page = /^page:(\d)$/.exec(value)?.[1];
  if (page !== undefined) return Number(page) < pageCount(choices);
  const code = question.several === undefined ? value : value.replace(/^[+-]/, "");
  if (question.several !== undefined && value === "done") return true;
  if (question.several !== undefined && code === value) return false;
  return choices.some((choice) => choice.value === code);
}

function readAnswer(text: string, said: string, asked: Asked, vocabulary: Vocabulary, given: Given) {
  const { question, choices } = asked;
  const match = (part: string) => matchChoice(part, question.key, choices, vocabulary, given);
  if (question.several !== undefined) return readSeveral(text, said, asked, match, vocabulary);
  if (choices.length > 0) {
    const value = match(said) ?? nextPage(said, asked, vocabulary);
    if (value !== undefined) return value;
  }
  return text.length > longest ? undefined : question.open?.(text, given);
}

/** Reads "housing", or "1, 3": what is named is switched on. */
function readSeveral(
  text: string,
  said: string,
  asked: Asked,
  match: (said: string) => string | undefined,
  vocabulary: Vocabulary,
): string | string[] | undefined {
  const whole = match(said);
  if (whole !== undefined) return `+${whole}`;
  if (vocabulary.labels.get(said)?.has("choice.done")) return asked.chosen > 0 ? "done" : undefined;
  const page = nextPage(said, asked, vocabulary);
  if (page !== undefined) return page;
  const parts = text.split(/[,;،\n]+/).slice(0, asked.choices.length);
  const values = parts.map((part) => match(folded(part)));
  return parts.length > 1 && values.every((value) => value !== undefined)
    ? values.map((value) => `+${value}`)
    : undefined;
}

function nextPage(said: string, { choices, page }: Asked, { labels }: Vocabulary): string | undefined {
  const pages = pageCount(choices);
  return pages > 1 && labels.get(said)?.has("choice.more") ? `page:${(page + 1) % pages}` : undefined;
}

function commandIn(text: string, said: string, vocabulary: Vocabulary): CommandName | undefined {
  const { commands } = vocabulary;
  // Telegram puts the bot's name behind a command, and the code of a link behind "/start".
  const slash = /^\s*\/(\p{L}+)/u.exec(text)?.[1];
  return slash === undefined ? (commands.get(said) ?? politeCommandIn(said, vocabulary)) : commands.get(folded(slash));
}

// "Stop, please" and "delete everything now" must be heard; any other command said so may as well be an answer.
const heardAmongOthers = new Set<CommandName>(["stop", "data", "delete", "end"]);
const mostWords = 8;

/** A command with nothing but polite words around it. */
function politeCommandIn(said: string, { commands, polite }: Vocabulary): CommandName | undefined {
  if (said.split(" ", mostWords + 1).length > mostWords) return undefined;
  let left = ` ${said} `;
  for (const words of polite) left = left.replaceAll(` ${words} `, " ");
  const name = commands.get(left.trim());
  return name !== undefined && heardAmongOthers.has(name) ? name : undefined;
}

function whyUnclear(text: string, said: string, asked: Asked | undefined, { texts, labels }: Vocabulary): string {
  if (text.length > longest) return "retry.long";
  if (said === "") return "retry.empty";
  if (!asked) return "retry.choice";
  if (asked.question.several !== undefined && labels.get(said)?.has("choice.done")) return "retry.nothingChosen";
  const own = `${asked.question.key}.retry`;
  if (texts.has(own)) return own;
  return asked.choices.length > 0 ? "retry.choice" : "retry.words";
}
