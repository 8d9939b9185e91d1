import { html } from "hono/html";
import type { Html } from "./layout.ts";

/** A labelled field; `fault` says what is wrong with what was entered. */
export interface Field {
  name: string;
  label: string;
  hint?: string;
  fault?: string | undefined;
}

type Kind = "text" | "email" | "date" | "number";

/** A field for one line. */
export function input(field: Field & { value: string; kind?: Kind; required?: boolean; autocomplete?: string }): Html {
  const { name, value, kind = "text", required = false, autocomplete = "off", fault } = field;
  return labelled(
    field,
    html`<input class="kern-form-input__input ${fault && "kern-form-input__input--error"}" id="${name}" name="${name}" type="${kind}" value="${value}" autocomplete="${autocomplete}" ${required && html`required`} ${described(field)}>`,
  );
}

/** A field that offers a list. */
export function select(field: Field & { value: string; options: { value: string; label: string }[] }): Html {
  const { name, value, options, fault } = field;
  return labelled(
    field,
    html`<div class="kern-form-input__select-wrapper"><select class="kern-form-input__select ${fault && "kern-form-input__select--error"}" id="${name}" name="${name}" ${described(field)}>${options.map(
      (option) =>
        html`<option value="${option.value}" ${option.value === value && html`selected`}>${option.label}</option>`,
    )}</select></div>`,
  );
}

/** A box to be ticked. */
export function checkbox({ name, label, checked, value = "1" }: Check): Html {
  const id = `${name}-${value}`;
  return html`<div class="kern-form-check"><input class="kern-form-check__checkbox" type="checkbox" id="${id}" name="${name}" value="${value}" ${checked && html`checked`}><label class="kern-label" for="${id}">${label}</label></div>`;
}
interface Check {
  name: string;
  label: string;
  checked: boolean;
  value?: string;
}

/** Several boxes under one question; short ones stand beside each other. */
export function checkboxes(
  field: Field & { values: string[]; options: { value: string; label: string }[]; short?: boolean },
): Html {
  const { name, label, hint, fault, values, options, short } = field;
  return html`<fieldset class="kern-fieldset ${fault && "kern-fieldset--error"}" ${described(field)}>
<legend class="kern-label">${label}</legend>
${hint && html`<div class="kern-hint" id="${name}-hint">${hint}</div>`}
<div class="kern-fieldset__body ${short && "staff-choices"}">${options.map((option) =>
    checkbox({ name, value: option.value, label: option.label, checked: values.includes(option.value) }),
  )}</div>
${faultLine(field)}
</fieldset>`;
}

/** A form that changes something, with the value that only pages of this session have. */
export function form(action: string, csrf: string, content: Html | (Html | "")[]): Html {
  return html`<form class="staff-entry" method="post" action="${action}"><input type="hidden" name="csrf" value="${csrf}">${content}</form>`;
}

/** The button that sends a form. */
export function button(label: string, kind: "primary" | "secondary" | "tertiary" = "primary", id = ""): Html {
  return html`<button class="kern-btn kern-btn--${kind}" ${id && html`id="${id}"`}><span class="kern-label">${label}</span></button>`;
}

function labelled(field: Field, control: Html): Html {
  const { name, label, hint, fault } = field;
  return html`<div class="kern-form-input ${fault && "kern-form-input--error"}"><label class="kern-label" for="${name}">${label}</label>
${hint && html`<div class="kern-hint" id="${name}-hint">${hint}</div>`}
${control}${faultLine(field)}</div>`;
}

function faultLine({ name, fault }: Field): Html | "" {
  if (!fault) return "";
  return html`<p class="kern-error" id="${name}-fault"><span class="kern-icon kern-icon--danger" aria-hidden="true"></span><span class="kern-body">${fault}</span></p>`;
}

function described({ name, hint, fault }: Field): Html | "" {
  const ids = [hint && `${name}-hint`, fault && `${name}-fault`].filter(Boolean).join(" ");
  return ids ? html`aria-describedby="${ids}"` : "";
}
