import { html } from "hono/html";
import { type Stage, stages } from "../../domain/stage.ts";
import { dateTime, dayOf } from "../german.ts";
import { dayField, select } from "./act-fields.ts";
import { actForm } from "./act-form.ts";
import type { CaseView } from "./case-view.ts";
import type { Html } from "./layout.ts";
import { peopleOptions } from "./people-options.ts";
import { section } from "./section.ts";

/** Where the case stands in KIM's process, who stays the person's contact, and what is to be ticked off. */
export function caseWork(view: CaseView): Html | "" {
  const { texts, acts } = view;
  if (!acts.includes("stage")) return "";
  return section(
    "work",
    texts("work"),
    html`${stageLine(view)}<div class="staff-work">${stage(view)}${contactPerson(view)}${interpreter(view)}${signed(view)}</div>`,
  );
}

/** The seven stages, with the one that the case is in. */
function stageLine({ texts, found }: Pick<CaseView, "texts" | "found">): Html | "" {
  const at = found.stage ? stages.indexOf(found.stage) : -1;
  if (at < 0) return "";
  const state = (stage: Stage) => (stages.indexOf(stage) < at ? "done" : stage === found.stage ? "now" : "next");
  return html`<ol class="staff-stages" aria-label="${texts("stage")}">${stages.map(
    (stage) =>
      html`<li class="staff-stages__item staff-stages__${state(stage)}" ${stage === found.stage && html`aria-current="step"`}>${texts(`stage.${stage}`)}</li>`,
  )}</ol>`;
}

function stage(view: CaseView): Html {
  const { texts, found } = view;
  const options = stages.map((value) => ({ value, label: texts(`stage.${value}`) }));
  return actForm(view, {
    act: "stage",
    button: texts("stage.button"),
    fields: (form) =>
      select(form, {
        name: "stage",
        label: texts("stage.choose"),
        options,
        ...(found.stage && { value: found.stage }),
      }),
  });
}

function contactPerson(view: CaseView): Html {
  const { texts, found, colleagues } = view;
  if (colleagues.length === 0) return html`<p class="kern-body kern-body--muted">${texts("contactPerson.nobody")}</p>`;
  // Whoever left since is shown until somebody else is chosen.
  const { contactPerson: person } = found;
  const left =
    person && !colleagues.some(({ id }) => id === person.id) ? [{ value: person.id, label: person.name }] : [];
  const nobody = { value: "", label: texts("contactPerson.none") };
  return actForm(view, {
    act: "contactPerson",
    button: texts("contactPerson.button"),
    fields: (form) =>
      select(form, {
        name: "staff",
        label: texts("contactPerson"),
        hint: texts("contactPerson.hint"),
        options: [nobody, ...left, ...peopleOptions(view, found.team, (id) => id)],
        value: person?.id ?? "",
      }),
  });
}

function interpreter(view: CaseView): Html | "" {
  const { texts, found } = view;
  if (!found.interpreter) return "";
  const at = found.interpreterDoneAt;
  return html`<div class="staff-tick"><p class="kern-body"><strong>${texts("interpreterTick")}</strong><br>${at ? texts("interpreterTick.done", { at: dateTime(texts, at) }) : texts("interpreterTick.open")}</p>
${actForm(view, { act: "interpreter", given: { done: at ? "no" : "yes" }, button: texts(at ? "interpreterTick.undo" : "interpreterTick.button") })}</div>`;
}

function signed(view: CaseView): Html {
  const { texts, found, today } = view;
  const print = html`<a class="kern-link kern-link--no-visited-state" href="/staff/cases/${found.code}/print/agreement">${texts("signed.print")}</a>`;
  const form = found.signedAt
    ? actForm(view, { act: "signed", given: { on: "no" }, button: texts("signed.undo") })
    : actForm(view, {
        act: "signed",
        button: texts("signed.button"),
        fields: (form) => dayField(form, { name: "on", label: texts("signed.on"), value: today, max: today }),
      });
  return html`<div class="staff-tick"><p class="kern-body"><strong>${texts("signed")}</strong><br>${found.signedAt ? texts("signed.done", { on: dayOf(found.signedAt) }) : texts("signed.open")}<br>${print}</p>${form}</div>`;
}
