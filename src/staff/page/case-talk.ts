import { html } from "hono/html";
import { berlinDay, berlinTime } from "../../domain/berlin.ts";
import type { LogEntry } from "../../domain/transcript.ts";
import { dayName, languageName } from "../german.ts";
import type { CaseView } from "./case-view.ts";
import type { Html } from "./layout.ts";
import { section } from "./section.ts";

/** The conversation: what Lotse said and what was chosen, in German; what was written, as it was written. */
export function caseTalk(view: CaseView): Html {
  const { texts, found } = view;
  const content =
    found.talk.length === 0
      ? html`<p class="kern-body kern-body--muted">${texts("case.talk.none")}</p>`
      : html`<p class="kern-body kern-body--muted">${texts("case.talk.hint")}</p>
<ol class="staff-talk">${found.talk.flatMap(({ at, entries }, index) => [
          isNewDay(found.talk[index - 1]?.at, at) &&
            html`<li class="staff-talk__day">${dayName(berlinDay(at.getTime()))}</li>`,
          entries.map((entry) => line(view, at, entry)),
        ])}</ol>`;
  return section("talk", texts("case.talk"), content);
}

function line(view: CaseView, at: Date, entry: LogEntry): Html {
  const { texts, words } = view;
  const who = entry.type === "said" ? "lotse" : "person";
  const said = entry.type === "said" ? marked(words.text(entry.key, entry.values)) : answer(view, entry);
  return html`<li class="staff-talk__line staff-talk__line--${who}">
<p class="staff-talk__who">${texts(`case.talk.${who}`)} <time datetime="${at.toISOString()}">${berlinTime(at.getTime()).time}</time></p>
<div class="staff-talk__words">${said}</div>
</li>`;
}

function isNewDay(before: Date | undefined, at: Date): boolean {
  return !before || berlinDay(before.getTime()) !== berlinDay(at.getTime());
}

function answer({ texts, words, found, place }: CaseView, { answer: given }: LogEntry & { type: "answered" }): Html {
  if (typeof given !== "string") return html`${words.value(given)}`;
  // A town's name is the place's word, also where a postcode was written.
  if (Object.values(place.municipalities).some(({ name }) => name === given)) return html`${given}`;
  // A number has no language.
  const notes = [texts("case.talk.written"), ...(/\p{L}/u.test(given) ? [languageName(texts, found.language)] : [])];
  return html`<span lang="${found.language.split("-")[0]}" dir="auto" translate="no">${given}</span>
<span class="staff-second">${notes.join(", ")}</span>`;
}

/** Texts have `**bold**` as their only markup. */
function marked(text: string): Html {
  return html`${text.split("**").map((part, index) => (index % 2 === 1 ? html`<strong>${part}</strong>` : part))}`;
}
