import type { OutgoingCard, RenderedMessage } from "../domain/prompt.ts";
import type { Words } from "./words.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A case as a room shows it, in German; with a button to claim it while nobody has. */
export function renderCard(
  { card, updates }: OutgoingCard,
  words: Words,
  publicUrl: string,
  now: number,
): RenderedMessage {
  const { code, claimedBy, flag, erased, closed, handedTo, withdrawn } = card;
  const over = erased || withdrawn;
  // Who took the agreement back may still want the call.
  const isWanted = !erased && (!withdrawn || flag === "call");
  const isFree = claimedBy === undefined && isWanted && !closed && handedTo === undefined;
  const text = (key: string, values?: Parameters<Words["text"]>[1]) => words.text(`staff.${key}`, values);
  const head = [
    `**${code}**`,
    card.municipality ?? text("where.none"),
    words.value({ type: "language", code: card.language }),
    ...(card.interpreter === undefined ? [] : [interpreterText(card.interpreter, card.language, words)]),
    text(`priority.${card.priority}`),
    ageText(now - card.submittedAt, text),
  ].join(" · ");
  const fact = (label: string, values: string[]) =>
    text("card.fact", { label: text(label), values: values.join(", ") });
  const facts = [
    ...(card.needs?.length
      ? [
          fact(
            "list.needs",
            card.needs.map((need) => text(`answer.needs.${need}`)),
          ),
        ]
      : []),
    ...(card.offices?.length ? [fact("list.offices", card.offices)] : []),
  ].join(" · ");
  const lines = [
    head,
    facts,
    ...(flag ? [`**${text(flag)}**`] : []),
    ...(closed ? [text("status.closed")] : []),
    ...(claimedBy === undefined || closed ? [] : [text("status.claimedBy", { name: claimedBy })]),
    ...(handedTo === undefined ? [] : [text("status.handedTo", { team: handedTo })]),
  ];
  const why = erased ? (card.expired ? "status.expired" : "status.erased") : "status.withdrawn";
  const caller = flag && claimedBy !== undefined ? text("status.claimedBy", { name: claimedBy }) : "";
  const end = [`**${code}** · ${text(why)}`, flag ? `**${text(flag)}**` : "", caller];
  return {
    text: (over ? end : lines).filter((line) => line !== "").join("\n"),
    language: "de",
    direction: "ltr",
    buttons: isFree ? [{ label: text("claim.button"), data: `claim:${code}` }] : [],
    standing: [],
    links: [{ label: text("card.show"), url: `${publicUrl}/staff/cases/${encodeURIComponent(code)}` }],
    multiple: false,
    ...(updates !== undefined && { updates }),
  };
}

function interpreterText(interpreter: string, language: string, words: Words): string {
  if (interpreter === language || interpreter === "yes") return words.text("staff.interpreter");
  if (interpreter === "other") return words.text("staff.interpreter.other");
  return words.text("staff.interpreter.in", { language: { type: "language", code: interpreter } });
}

/** "seit 5 min" */
export function ageText(age: number, text: Words["text"]): string {
  if (age < minute) return text("age.now");
  if (age < hour) return text("age.minutes", { count: Math.floor(age / minute) });
  if (age < 2 * day) return text("age.hours", { count: Math.floor(age / hour) });
  return text("age.days", { count: Math.floor(age / day) });
}
