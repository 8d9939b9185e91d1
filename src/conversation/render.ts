import type { Place } from "../domain/place.ts";
import type {
  Button,
  Choice,
  OutgoingFile,
  OutgoingPrompt,
  Prompt,
  Render,
  RenderedMessage,
} from "../domain/prompt.ts";
import type { Texts } from "../domain/texts.ts";
import { toData } from "./button-data.ts";
import { pageOf } from "./pages.ts";
import { renderCard } from "./render-card.ts";
import { renderNotice } from "./render-notice.ts";
import { endButton, renderWords, standingButtons } from "./render-words.ts";
import { createWords, type Words } from "./words.ts";

interface Options {
  texts: Texts;
  place: Place;
  /** Where the staff page is, without a slash at the end. */
  publicUrl: string;
  /** For the age of a case; milliseconds since 1970. */
  now?: () => number;
}

export interface Renderer extends Render {
  /** Words for staff: of what was said and answered in a conversation, in the language that they read. */
  words(language: string): Words;
}

/** Makes what turns outgoing messages into words. Everything that costs is made once per language. */
export function createRender({ texts, place, publicUrl, now = Date.now }: Options): Renderer {
  const byLanguage = new Map<string, Words>();
  const wordsIn = (language: string): Words => {
    const before = byLanguage.get(language);
    if (before) return before;
    const words = createWords(texts, place, language);
    byLanguage.set(language, words);
    return words;
  };
  const staffWords = (language: string) => createWords(texts, place, language, true);
  const german = staffWords("de");

  const directionOf = (language: string) => texts.language(language)?.direction ?? "ltr";
  const render: Render = (message) => {
    switch (message.type) {
      case "card":
        return renderCard(message, german, publicUrl, now());
      case "notice":
        return renderNotice(message, german, publicUrl, now());
      case "words":
        return renderWords(message, wordsIn(message.language), texts);
      case "file":
        return renderFile(message, wordsIn(message.language), directionOf(message.language), publicUrl);
      case "prompt":
        return renderPrompt(message, wordsIn(message.language), directionOf(message.language));
    }
  };
  return Object.assign(render, { words: staffWords });
}

function renderPrompt(
  { prompt, language, token, updates, inTalk }: OutgoingPrompt,
  words: Words,
  direction: "ltr" | "rtl",
): RenderedMessage {
  return {
    text: promptText(prompt, words),
    language,
    direction,
    buttons: token === undefined ? (inTalk ? [endButton(words)] : []) : buttonsOf(prompt, token, words),
    standing: token === undefined && !inTalk ? [] : standingButtons(words),
    links: [],
    multiple: prompt.chosen !== undefined,
    ...(token !== undefined && { token }),
    ...(updates !== undefined && { updates }),
  };
}

/** What is said to a file, and where it is fetched, on a channel that does not carry it. */
function renderFile(
  { prompt, language, token }: OutgoingFile,
  words: Words,
  direction: "ltr" | "rtl",
  publicUrl: string,
): RenderedMessage {
  return {
    text: promptText(prompt, words),
    language,
    direction,
    buttons: [],
    standing: [],
    links: token === undefined ? [] : [{ label: words.text("file.link"), url: `${publicUrl}/file/${token}` }],
    multiple: false,
  };
}

function promptText({ key, values, lead, progress }: Prompt, words: Words): string {
  const question = words.text(key, values);
  const text = progress ? words.progress({ ...progress, question }) : question;
  return lead === undefined ? text : `${words.value(lead)}\n\n${text}`;
}

function buttonsOf({ key, choices = [], chosen, page = 0 }: Prompt, token: number, words: Words): Button[] {
  const { shown, always, next } = pageOf(choices, page);
  const button = (choice: Choice): Button => {
    const label = choice.label === undefined ? words.text(`${key}.choice.${choice.value}`) : words.value(choice.label);
    if (chosen === undefined) return { label, data: toData(token, choice.value) };
    const isChosen = chosen.includes(choice.value);
    // What is pressed says what is meant: a second tap on the same button changes nothing.
    return { label, data: toData(token, `${isChosen ? "-" : "+"}${choice.value}`), chosen: isChosen };
  };
  return [
    ...shown.map(button),
    ...(next === undefined ? [] : [{ label: words.text("choice.more"), data: toData(token, `page:${next}`) }]),
    ...always.map(button),
    ...(chosen === undefined ? [] : [{ label: words.text("choice.done"), data: toData(token, "done") }]),
  ];
}
