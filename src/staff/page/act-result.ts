import { html } from "hono/html";
import type { ActResult } from "../../store/case-acts.ts";
import type { Draft } from "../act-form.ts";
import { eventText } from "../event-text.ts";
import { dateTime } from "../german.ts";
import type { CaseView } from "./case-view.ts";
import { alert, type Html } from "./layout.ts";

/** What was just done, by the name that the address carries; nothing for any other. */
export function actDone({ texts }: Pick<CaseView, "texts">, done: string | undefined): Html | "" {
  const text = done === undefined ? undefined : texts.find(`act.done.${done}`);
  return text ? alert("success", text, undefined, true) : "";
}

/** Why an act was not done: what a colleague did meanwhile, or what is not possible. */
export function actRefused({ texts, place }: CaseView, result: Exclude<ActResult, { type: "done" | "unknown" }>): Html {
  switch (result.type) {
    case "overtaken": {
      const since = result.since.map(
        (event) =>
          html`<li>${dateTime(texts, event.at)}: ${eventText(texts, place, event)}${event.words && html` <span class="staff-words">${texts("case.history.words", { words: event.words })}</span>`}</li>`,
      );
      const list = since.length > 0 ? html`<ul class="staff-since">${since}</ul>` : texts("act.overtaken.unknown");
      return notice(
        "warning",
        texts("act.overtaken"),
        html`${list}<p class="kern-body">${texts("act.overtaken.now")}</p>`,
      );
    }
    case "impossible":
      return notice("warning", texts("act.impossible"), html`<p class="kern-body">${texts("act.impossible.body")}</p>`);
    case "refused":
      return notice(
        "warning",
        texts("act.refused"),
        html`<p class="kern-body">${texts(`act.refused.${result.why}`)}</p>`,
      );
  }
}

/** Which field is wrong. */
export function actFaulty({ texts }: CaseView, fault: NonNullable<Draft["fault"]>): Html {
  return alert("danger", texts("act.faulty"), texts(fault.text), true);
}

/** What somebody typed into a form that the case has no longer. */
export function lostWords({ texts, draft, acts }: CaseView): Html | "" {
  if (!draft || acts.some((act) => act === draft.fields.act)) return "";
  const typed = ["words", "reason"].flatMap((name) => draft.fields[name] || []);
  if (typed.length === 0) return "";
  return notice("info", texts("act.lost"), html`<p class="kern-body staff-words">${typed.join("\n")}</p>`);
}

function notice(kind: "info" | "warning", title: string, body: Html): Html {
  return html`<div class="kern-alert kern-alert--${kind} staff-alert" role="status" id="act-result" tabindex="-1">
<div class="kern-alert__header"><span class="kern-icon kern-icon--${kind}" aria-hidden="true"></span><span class="kern-title">${title}</span></div>
<div class="kern-alert__body">${body}</div>
</div>`;
}
