import { html } from "hono/html";
import { berlinDay, berlinTime } from "../../domain/berlin.ts";
import type { LogEntry } from "../../domain/transcript.ts";
import { dayName, languageName } from "../german.ts";
import type { CaseView } from "./case-view.ts";
import { caseWrite } from "./case-write.ts";
import { badge, type Html } from "./layout.ts";
import { marked } from "./marked.ts";
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
  return section("talk", texts("case.talk"), html`${content}${caseWrite(view)}`);
}

function line(view: CaseView, at: Date, entry: LogEntry): Html {
  const { texts } = view;
  const who = { said: "lotse", answered: "person", staff: "staff", wrote: "person", unseen: "person" }[entry.type];
  const name = entry.type === "staff" ? entry.by : texts.find(`case.talk.${who}`);
  return html`<li class="staff-talk__line staff-talk__line--${who}">
<p class="staff-talk__who">${name} <time datetime="${at.toISOString()}">${berlinTime(at.getTime()).time}</time>${isWaiting(view, at, entry) && badge("info", texts("case.talk.waiting"))}</p>
<div class="staff-talk__words">${content(view, entry)}</div>
</li>`;
}

function content(view: CaseView, entry: LogEntry): Html {
  const { texts, words, found } = view;
  switch (entry.type) {
    case "said":
      return marked(words.text(entry.key, entry.values));
    case "answered":
      return answer(view, entry);
    case "staff":
      if (entry.words.type === "prepared") return marked(words.text(entry.words.key, entry.words.values));
      return foreign(view, entry.words.text, entry.words.language);
    case "wrote":
      return foreign(view, entry.text, found.language);
    case "unseen":
      return html`<em>${texts(`unseen.${entry.kind}`)}</em>`;
  }
}

/** Words in a language, which nobody translates. */
function foreign({ texts }: CaseView, text: string, language: string): Html {
  return html`<span lang="${language.split("-")[0]}" dir="auto" translate="no">${text}</span>
<span class="staff-second">${languageName(texts, language)}</span>`;
}

/** What the person wrote since staff last did. */
function isWaiting({ talk }: CaseView, at: Date, { type }: LogEntry): boolean {
  if (!talk?.isOpen || (type !== "wrote" && type !== "unseen")) return false;
  return at > (talk.lastStaffAt ?? new Date(0));
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
