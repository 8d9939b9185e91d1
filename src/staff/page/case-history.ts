import { html } from "hono/html";
import { changesOf } from "../answers.ts";
import { dateTime } from "../german.ts";
import type { CaseView } from "./case-view.ts";
import type { Html } from "./layout.ts";
import { section } from "./section.ts";

/** What happened to the case, oldest first. */
export function caseHistory({ texts, found }: CaseView): Html {
  const lines = found.events.map(({ at, kind, by }) => {
    const text = texts.find(`event.${kind}`, { name: by ?? "" });
    return html`<li><span class="kern-body kern-body--small">${dateTime(texts, at)}</span><br>${text ?? kind}</li>`;
  });
  return section("history", texts("case.history"), html`<ol class="staff-history kern-body">${lines}</ol>`);
}

/** What the person changed, newest first; nothing while there is one version. */
export function caseVersions(view: CaseView): Html | "" {
  const { texts, found } = view;
  if (found.intakes.length < 2) return "";
  const items = found.intakes.map((intake, index) => {
    const before = found.intakes[index + 1];
    const changes = before ? changesOf(view, before.answers, intake.answers) : [];
    const missing = texts("case.version.missing");
    return html`<li><strong>${texts("case.version", { version: intake.version, at: dateTime(texts, intake.submittedAt) })}</strong>${
      before &&
      html`<p class="kern-body kern-body--small">${changes.length ? texts("case.version.changes", { version: before.version }) : texts("case.version.same")}</p>
<ul class="staff-changes">${changes.map(
        (change) =>
          html`<li>${change.label}: ${texts("case.version.change", { before: change.before ?? missing, after: change.after ?? missing })}</li>`,
      )}</ul>`
    }</li>`;
  });
  return section("versions", texts("case.versions"), html`<ol class="staff-history kern-body">${items}</ol>`);
}
