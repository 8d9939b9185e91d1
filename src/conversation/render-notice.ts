import type { Notice, OutgoingNotice, RenderedMessage } from "../domain/prompt.ts";
import { ageText } from "./render-card.ts";
import type { Words } from "./words.ts";

/** News as a room shows them, in German; of a case that nobody has with a button to claim it. */
export function renderNotice(
  { notice }: OutgoingNotice,
  words: Words,
  publicUrl: string,
  now: number,
): RenderedMessage {
  const { key, values, about, counts = [] } = notice;
  const text = (one: string, given?: Parameters<Words["text"]>[1]) => words.text(`staff.${one}`, given);
  const lines = [
    ...(about ? [head(about, words, text, now)] : []),
    text(`notice.${key}`, values),
    ...counts.map(({ key, count, code }) => `• ${text(`notice.${key}`, { count, code })}`),
  ];
  const path = about ? `/staff/cases/${encodeURIComponent(about.code)}` : "/staff/cases";
  return {
    text: lines.join("\n"),
    language: "de",
    direction: "ltr",
    buttons: about?.claimable ? [{ label: text("claim.button"), data: `claim:${about.code}` }] : [],
    standing: [],
    links: [{ label: text("card.show"), url: `${publicUrl}${path}` }],
    multiple: false,
  };
}

function head(about: NonNullable<Notice["about"]>, words: Words, text: Words["text"], now: number): string {
  const { code, municipality, priority, submittedAt } = about;
  return [
    `**${code}**`,
    municipality === undefined
      ? text("where.none")
      : words.value({ type: "place", path: `municipalities.${municipality}.name` }),
    text(`priority.${priority}`),
    ageText(now - submittedAt, text),
  ].join(" · ");
}
