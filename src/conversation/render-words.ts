import { isolate, withoutControls } from "../domain/bidi.ts";
import type { Button, OutgoingWords, RenderedMessage, StaffWords } from "../domain/prompt.ts";
import type { Texts } from "../domain/texts.ts";
import { standing } from "./button-data.ts";
import type { Words } from "./words.ts";

type Direction = RenderedMessage["direction"];

/** What staff wrote, as the person reads it: first who writes and how to answer and end, then the words. */
export function renderWords(
  { words: written, from, language }: OutgoingWords,
  words: Words,
  texts: Pick<Texts, "language">,
): RenderedMessage {
  const direction = directionOf(texts, language);
  const head =
    from.name === undefined
      ? words.text("talk.head", { team: from.team })
      : words.text("talk.head.named", { name: from.name, team: from.team });
  return {
    text: `${head}\n\n${textOf(written, words, direction, texts)}`,
    language,
    direction,
    buttons: [endButton(words)],
    standing: standingButtons(words),
    links: [],
    multiple: false,
  };
}

/** The button that ends a talk with staff. */
export function endButton(words: Words): Button {
  return { label: words.text("choice.endTalk"), data: standing.end };
}

/** Menu and urgent help. */
export function standingButtons(words: Words): Button[] {
  return [
    { label: words.text("choice.menu"), data: standing.menu },
    { label: words.text("choice.urgent"), data: standing.urgent },
  ];
}

function textOf(written: StaffWords, words: Words, direction: Direction, texts: Pick<Texts, "language">): string {
  if (written.type === "prepared") return words.text(written.key, written.values);
  const note = words.text("talk.free", { language: { type: "language", code: written.language } });
  const isMixed = direction === "rtl" || directionOf(texts, written.language) === "rtl";
  return `${note}\n${plain(written.text, isMixed)}`;
}

/** Words as they are: no pair of stars in them makes bold, and each line keeps a direction of its own. */
function plain(text: string, isMixed: boolean): string {
  return withoutControls(text)
    .replaceAll(/\*(?=\*)/g, "*\u2060")
    .split("\n")
    .map((line) => (isMixed && line.trim() !== "" ? isolate(line) : line))
    .join("\n");
}

function directionOf(texts: Pick<Texts, "language">, language: string): Direction {
  return texts.language(language)?.direction ?? "ltr";
}
