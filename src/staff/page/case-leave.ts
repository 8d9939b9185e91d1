import { html } from "hono/html";
import { outcomes } from "../../domain/outcome.ts";
import { germanName } from "../german.ts";
import { type FormView, select, textArea } from "./act-fields.ts";
import { actForm, folded } from "./act-form.ts";
import type { CaseView } from "./case-view.ts";
import type { Html } from "./layout.ts";
import { peopleOptions } from "./people-options.ts";
import { section } from "./section.ts";

/** How a case leaves whoever has it: closed, handed over, handed back; or comes back. */
export function caseLeave(view: CaseView): Html | "" {
  const { texts, acts } = view;
  const ways = [
    ...(acts.includes("close") ? [folded(view, texts("close"), ["act-close"], close(view))] : []),
    ...(acts.includes("handOver") ? [folded(view, texts("handOver"), ["act-handOver"], handOver(view))] : []),
    ...(acts.includes("handBack") ? [folded(view, texts("handBack"), ["act-handBack"], handBack(view))] : []),
    ...(acts.includes("reopen") ? [folded(view, texts("reopen"), ["act-reopen"], reopen(view))] : []),
  ];
  if (ways.length === 0) return "";
  const title = acts.includes("close") ? texts("leave") : texts("leave.other");
  return section("leave", title, html`<div class="kern-accordion-group staff-folds">${ways}</div>`);
}

function close(view: CaseView): Html {
  const { texts } = view;
  const options = outcomes.map((value) => ({ value, label: texts(`outcome.${value}`) }));
  const fields = (form: FormView) => [
    select(form, { name: "outcome", label: texts("close.outcome"), options }),
    textArea(form, { name: "words", label: texts("close.words"), optional: true }),
  ];
  return actForm(view, { act: "close", button: texts("close.button"), look: "primary", fields });
}

function handOver(view: CaseView): Html {
  const { texts, place, found } = view;
  const teams = Object.entries(place.teams)
    .filter(([id]) => found.status !== "open" || id !== found.team)
    .map(([id, { name }]) => ({ value: `team:${id}`, label: germanName(name) }));
  const people = peopleOptions(view, found.team, (id) => `staff:${id}`);
  const fields = (form: FormView) => [
    select(form, {
      name: "to",
      label: texts("handOver.to"),
      hint: texts("handOver.hint"),
      options: [...people, { title: texts("handOver.teams"), options: teams }],
    }),
    textArea(form, { name: "words", label: texts("handOver.words"), optional: true }),
  ];
  return actForm(view, { act: "handOver", button: texts("handOver.button"), look: "primary", fields });
}

function handBack(view: CaseView): Html {
  const { texts } = view;
  const fields = (form: FormView) => html`<p class="kern-body">${texts("handBack.hint")}</p>
${textArea(form, { name: "reason", label: texts("handBack.reason"), optional: true })}`;
  return actForm(view, { act: "handBack", button: texts("handBack.button"), look: "primary", fields });
}

function reopen(view: CaseView): Html {
  const { texts } = view;
  const fields = (form: FormView) => html`<p class="kern-body">${texts("reopen.hint")}</p>
${textArea(form, { name: "reason", label: texts("reopen.reason") })}`;
  return actForm(view, { act: "reopen", button: texts("reopen.button"), look: "primary", fields });
}
