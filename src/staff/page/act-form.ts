import { html } from "hono/html";
import type { CaseAct } from "../../domain/case-act.ts";
import { formId } from "../act-form.ts";
import type { FormView } from "./act-fields.ts";
import type { CaseView } from "./case-view.ts";
import type { Html } from "./layout.ts";

interface Act {
  act: CaseAct["type"];
  button: string;
  /** Fixed fields. */
  given?: { [name: string]: string };
  look?: "primary" | "secondary";
  fields?: (form: FormView) => Html | Html[];
}

/** A form that asks for one act on the case as this page shows it: it carries the case's version. */
export function actForm(view: Pick<CaseView, "texts" | "found" | "csrf" | "draft">, asked: Act): Html {
  const { texts, found, csrf } = view;
  const { act, button, given = {}, look = "secondary", fields } = asked;
  const id = formId({ act, ...given });
  const draft = view.draft?.form === id ? view.draft : undefined;
  const fixed = Object.entries({ csrf, act, version: String(found.version), ...given });
  // The script leaves a form alone that has something typed in it: here that is so from the start.
  return html`<form class="staff-act" id="${id}" method="post" action="/staff/cases/${found.code}" ${draft && html`data-typed`}>
${fixed.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
${fields?.({ texts, id, draft })}
<button class="kern-btn kern-btn--${look}" id="${id}-button"><span class="kern-label">${button}</span></button>
</form>`;
}

/** An act that is not the usual one: behind its title, open only when it was tried. */
export function folded(view: Pick<CaseView, "draft">, title: string, forms: string[], content: Html | Html[]): Html {
  const isTried = forms.some((form) => form === view.draft?.form);
  return html`<details class="kern-accordion staff-fold" id="fold-${forms[0]}" ${isTried && html`open`}>
<summary class="kern-accordion__header"><span class="kern-title">${title}</span></summary>
<div class="kern-accordion__body">${content}</div>
</details>`;
}
