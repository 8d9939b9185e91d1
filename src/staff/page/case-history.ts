import { html } from "hono/html";
import { changesOf } from "../answers.ts";
import { eventText } from "../event-text.ts";
import { dateTime } from "../german.ts";
import type { CaseView } from "./case-view.ts";
import type { Html } from "./layout.ts";
import { section } from "./section.ts";

/** What happened to the case, oldest first. */
export function caseHistory({ texts, place, found }: CaseView): Html {
  const lines = found.events.map(
    (event) =>
      html`<li><span class="kern-body kern-body--small">${dateTime(texts, event.at)}</span><br>${eventText(texts, place, event)}${event.words && html`<br><span class="staff-words">${texts("case.history.words", { words: event.words })}</span>`}</li>`,
  );
  return section("history", texts("case.history"), html`<ol class="staff-history kern-body">${lines}</ol>`);
}

/** What the person changed, newest first; nothing while there is one version. */
export function caseVersions(view: CaseView): Html | "" {
  const { texts, found } = view;
  if (found.intakes.length < 2) return "";
  const missing = texts("case.version.missing");
  const items = found.intakes.slice(0, -1).map((intake, index) => {
    const changes = changesOf(view, found.intakes[index + 1]?.answers ?? intake.answers, intake.answers);
    const lines = changes.map(({ label, before = missing, after = missing }) =>
      texts("case.version.change", { label, before, after }),
    );
    return html`<li><span class="kern-body kern-body--small">${dateTime(texts, intake.submittedAt)}</span>
<ul class="staff-changes">${(lines.length ? lines : [texts("case.version.same")]).map((line) => html`<li>${line}</li>`)}</ul></li>`;
  });
  return section("versions", texts("case.versions"), html`<ol class="staff-history kern-body">${items}</ol>`);
}
