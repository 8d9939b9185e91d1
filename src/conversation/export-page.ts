import { receiptValue } from "../../flows/agreements/receipt.ts";
import type { Context, Given } from "../../flows/conversation.ts";
import { periodsValue } from "../../flows/data/kept.ts";
import { sentAnswers } from "../../flows/intake/summary.ts";
import type { Answers } from "../domain/effect.ts";
import type { Reading } from "../domain/kept-data.ts";
import type { OwnCase, OwnData, OwnEntry } from "../domain/own-data.ts";
import type { Place } from "../domain/place.ts";
import type { Value } from "../domain/prompt.ts";
import { type Conversation, isIntake } from "../domain/session.ts";
import type { Texts } from "../domain/texts.ts";
import { type CaseWriter, decisionsMarkup, historyMarkup, officeName, referralsMarkup } from "./export-case.ts";
import { frame, type Markup, markup, pairs, prose, section } from "./export-html.ts";
import { createWords, type Words } from "./words.ts";

/** What is exported, for whom, and when (ms since 1970). */
export interface ExportOf {
  own: OwnData;
  place: Place;
  texts: Texts;
  language: string;
  at: number;
}

interface Writer extends ExportOf, CaseWriter {}

/** Everything that is kept of a person as one page in their language, which opens without a network and prints well. */
export function exportPage(of: ExportOf): string {
  const { place, texts, language, at } = of;
  const words = createWords(texts, place, language);
  const writer: Writer = { ...of, words, given: givenOf(of), time: timesIn(language) };
  const name = words.value(typeof place.name === "string" ? place.name : { type: "place", path: "name" });
  const title = words.text("export.title");
  const direction = texts.language(language)?.direction ?? "ltr";
  return frame(
    { language, direction, title },
    [
      markup`<p class="time">${words.text("export.made", { place: name, at: writer.time(at) })}</p>`,
      prose(words.text("export.intro")),
      section(words.text("export.cases"), ...cases(writer)),
      unsent(writer),
      section(words.text("export.agreements"), ...agreements(writer)),
      section(words.text("export.messages"), ...messages(writer)),
      section(words.text("export.appointments"), prose(words.text("export.noAppointment"))),
      readings(writer),
      section(words.text("export.periods"), prose(words.value(periodsValue(writer.given)))),
      section(words.text("export.technical"), technical(writer), prose(words.text("export.json"))),
    ].filter((one): one is Markup => one !== undefined),
  );
}

function cases(writer: Writer): Markup[] {
  const { own, words } = writer;
  if (own.cases.length === 0) return [prose(words.text("data.kept.nothingSent"))];
  return own.cases.map((one) => caseMarkup(writer, one));
}

function caseMarkup(writer: Writer, own: OwnCase): Markup {
  const { code, status, submittedAt, dueOn, intakes } = own;
  const { words, time } = writer;
  const due: Value = { type: "date", day: dueOn };
  return markup`<h3>${words.text("export.case", { code, at: time(submittedAt) })}</h3>
${prose(words.text(`data.kept.state.${status}`, { due }))}
${intakes.map(
  ({ submittedAt, answers, proposals }) => markup`<h3>${words.text("export.version", { at: time(submittedAt) })}</h3>
${lines(words, sentAnswers(answers as Answers, writer.given))}
${
  proposals.length > 0 &&
  markup`<p>${words.text("export.proposals")}</p>
${lines(
  words,
  proposals.map(({ authority, office, reason, values }) => ({
    type: "text",
    key: "intake.proposal",
    values: { office: proposedOffice(writer.place, authority, office), reason: { type: "text", key: reason, values } },
  })),
)}`
}`,
)}
${decisionsMarkup(writer, own)}
${referralsMarkup(writer, own)}
<h3>${words.text("export.history")}</h3>
${historyMarkup(writer, own)}`;
}

function proposedOffice(place: Place, authority: string, office: string | undefined): Value {
  return office !== undefined && place.offices[office]
    ? officeName(place, office)
    : { type: "text", key: `authority.${authority}` };
}

/** Answers of intakes that are still open. */
function unsent({ own, words, given }: Writer): Markup | undefined {
  const { stack } = own.session.conversation as Conversation;
  const open = stack.filter(({ flow }) => isIntake(flow)).map(({ context }) => (context as Context).answers);
  const told = open.map((answers) => sentAnswers(answers, given)).filter((answers) => answers.length > 0);
  if (told.length === 0) return undefined;
  return section(words.text("export.unsent"), ...told.map((answers) => lines(words, answers)));
}

function agreements({ own, words, texts, place, time }: Writer): Markup[] {
  if (own.agreements.length === 0) return [prose(words.text("data.kept.noAgreement"))];
  const said = own.agreements.map(({ record, purpose, state, at, text }) => {
    const key = `purpose.${purpose}`;
    const office = typeof record.recipient === "string" && words.value(officeName(place, record.recipient));
    const name = `${texts.has(key) ? words.text(key) : purpose}${office ? `, ${office}` : ""}`;
    return markup`<h3>${name}: ${words.text(`export.state.${state}`)} <span class="time">${time(at)}</span></h3>
<blockquote class="small">${prose(text)}</blockquote>`;
  });
  const receipts = own.agreementRecords.map((record) => prose(words.value(receiptValue(record, place))));
  return [...said, markup`<h3>${words.text("export.receipts")}</h3>`, ...receipts];
}

function messages({ own, words, time }: Writer): Markup[] {
  if (own.messages.length === 0) return [prose(words.text("export.noMessage"))];
  return own.messages.map(
    ({ at, entries }) => markup`<p class="time">${time(at)}</p>
<dl>${entries.map((entry) => {
      const { from, text } = said(entry, words);
      return markup`<div><dt>${words.text(from)}</dt><dd>${prose(text)}</dd></div>`;
    })}</dl>`,
  );
}

function said(entry: OwnEntry, words: Words): { from: string; text: string } {
  switch (entry.type) {
    case "said":
      return { from: "web.from.assistant", text: words.text(entry.key, entry.values) };
    case "answered":
      return { from: "web.from.person", text: words.value(entry.answer) };
    case "staff":
      return {
        from: "export.team",
        text: entry.words.type === "prepared" ? words.text(entry.words.key, entry.words.values) : entry.words.text,
      };
    case "wrote":
      return { from: "web.from.person", text: entry.text };
    case "unseen":
      return { from: "web.from.person", text: words.text("export.unseen") };
  }
}

function readings({ own, words, texts, time }: Writer): Markup | undefined {
  if (!own.readings) return undefined;
  const title = words.text("export.readings");
  if (own.readings.length === 0) return section(title, prose(words.text("data.kept.noReading")));
  const items = together(own.readings).map(({ at, name, code, parts }) => {
    const known = parts.map((part) => `export.part.${part}`).filter((key) => texts.has(key));
    const what = known.map((key) => words.text(key)).join(" · ");
    return markup`<li><bdi>${name ?? words.text("export.team")}</bdi> · <bdi>${code}</bdi> <span class="time">${time(at)}</span>${what && markup`<br>${what}`}</li>`;
  });
  return section(title, markup`<ul>${items}</ul>`);
}

/** What somebody read of a case at one moment is one reading of several parts. */
function together(readings: Reading[]): (Omit<Reading, "part"> & { parts: string[] })[] {
  const found = Map.groupBy(readings, ({ at, name, code }) => JSON.stringify([at, name, code]));
  return [...found.values()].flatMap((same) => {
    const [first] = same;
    return first ? [{ ...first, parts: same.map(({ part }) => part) }] : [];
  });
}

function technical({ own: { contact, session }, words, time }: Writer): Markup {
  return pairs([
    [words.text("export.contactId"), contact.id],
    [words.text("export.channel"), contact.channel],
    [words.text("export.address"), contact.address],
    [words.text("export.since"), time(contact.since)],
    [words.text("export.updated"), time(session.updatedAt)],
  ]);
}

function lines(words: Words, values: Value[]): Markup {
  return markup`<ul>${values.map((value) => markup`<li>${inline(words.value(value))}</li>`)}</ul>`;
}

/** Prose within a line. */
function inline(text: string): Markup {
  return { markup: prose(text).markup.slice("<p>".length, -"</p>".length) };
}

function timesIn(language: string): Writer["time"] {
  const format = new Intl.DateTimeFormat(`${language === "en" ? "en-GB" : language}-u-nu-latn`, {
    dateStyle: "long",
    timeStyle: "short",
    timeZone: "Europe/Berlin",
  });
  return (at) => format.format(typeof at === "number" ? at : Date.parse(at));
}

function givenOf({ own, place, texts, language, at }: ExportOf): Given {
  return {
    at,
    place,
    language,
    languages: texts.languages.map(({ code }) => code),
    languageKnown: true,
    channel: own.contact.channel as Given["channel"],
    agreed: true,
    quiet: false,
    alsoAgreed: [],
    naturalisationAsked: true,
  };
}
