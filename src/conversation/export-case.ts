import type { Given } from "../../flows/conversation.ts";
import { sentAnswers } from "../../flows/intake/summary.ts";
import type { OwnCase } from "../domain/own-data.ts";
import type { Place } from "../domain/place.ts";
import { named } from "../domain/place-value.ts";
import type { Value } from "../domain/prompt.ts";
import type { Texts } from "../domain/texts.ts";
import { type Markup, markup, prose } from "./export-html.ts";
import type { Words } from "./words.ts";

/** What the parts of a case are written with. */
export interface CaseWriter {
  words: Words;
  texts: Texts;
  place: Place;
  given: Given;
  /** Day and time in the place's clock. */
  time(at: string | number): string;
}

/** Steps of staff that come to the same for the person. */
const same: { [kind: string]: string } = {
  escalated_team: "reminded",
  escalated_claimer: "reminded",
  escalated_cover: "reminded",
  handed_to_team: "toTeam",
  sent_on: "toTeam",
  handed_over: "toColleague",
  covering: "toColleague",
  returned: "toColleague",
  handed_back: "waits",
  uncovered: "waits",
};

/** What happened to a case, oldest first, with the words that staff noted. */
export function historyMarkup(writer: CaseWriter, { events }: OwnCase): Markup {
  const { words, texts, place, time } = writer;
  return markup`<ul>${events.map(({ at, kind, facts, words: noted }) => {
    const key = `export.event.${same[kind] ?? kind}`;
    const values = facts.office === undefined ? {} : { office: officeName(place, facts.office) };
    const text = words.text(texts.has(key) ? key : "export.event.other", values);
    return markup`<li>${text} <span class="time">${time(at)}</span>${noted && markup`<blockquote class="small">${prose(noted)}</blockquote>`}</li>`;
  })}</ul>`;
}

/** What humans decided about the proposals, with their reasons; nothing where nobody decided yet. */
export function decisionsMarkup({ words, place, time }: CaseWriter, { decisions }: OwnCase): Markup | undefined {
  if (decisions.length === 0) return undefined;
  const office = (id: string | null): Value =>
    id === null ? { type: "text", key: "export.noOffice" } : officeName(place, id);
  return markup`<h3>${words.text("export.decisions")}</h3>
<ul>${decisions.map(({ at, kind, proposed, office: decided, reason }) => {
    const values = { proposed: office(proposed), office: office(decided) };
    return markup`<li>${words.text(`export.decision.${kind}`, values)} <span class="time">${time(at)}</span>${reason && markup`<blockquote class="small">${prose(reason)}</blockquote>`}</li>`;
  })}</ul>`;
}

/** Which offices were to get something, what, and what became of it. */
export function referralsMarkup(writer: CaseWriter, { referrals }: OwnCase): Markup | undefined {
  if (referrals.length === 0) return undefined;
  const { words, place, given } = writer;
  return markup`<h3>${words.text("export.referrals")}</h3>
${referrals.map(({ office, state, handedOverOn, answers }) => {
  const went = handedOverOn !== null && state === "withdrawn";
  const lines = [
    ...(handedOverOn === null
      ? []
      : [words.text("export.referral.handed_over", { day: { type: "date", day: handedOverOn } })]),
    ...(state === "handed_over" ? [] : [words.text(`export.referral.${went ? "withdrawnAfter" : state}`)]),
  ];
  return markup`<p><strong>${words.value(officeName(place, office))}</strong>: ${lines.join(" ")}</p>
<ul>${sentAnswers(answers, given).map((line) => markup`<li>${words.value(line).replaceAll("**", "")}</li>`)}</ul>`;
})}`;
}

/** An office by its name; by its id once it has left the place's data. */
export function officeName(place: Place, id: string): Value {
  return named(place.offices[id]?.name ?? id, `offices.${id}.name`);
}
