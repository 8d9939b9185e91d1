import { html } from "hono/html";
import type { Draft } from "../act-form.ts";
import type { StaffTexts } from "../texts.ts";
import type { Html } from "./layout.ts";

/** A form as its fields know it: its id, and what was typed into it before, if it was not carried out. */
export interface FormView {
  texts: StaffTexts;
  id: string;
  draft: Draft | undefined;
}

interface Field {
  name: string;
  label: string;
  hint?: string;
}

/** An option of a list, or a titled group of them. */
export type Option = { value: string; label: string };
export type Options = (Option | { title: string; options: Option[] })[];

/** Several lines of words. */
export function textArea(form: FormView, field: Field & { optional?: boolean }): Html {
  const { id, attributes } = partsOf(form, field);
  const { optional } = field;
  return input(
    form,
    field,
    html`<textarea class="kern-form-input__input staff-textarea" id="${id}" name="${field.name}" rows="3" maxlength="2000" ${attributes} ${!optional && html`required`}>${typedInto(form, field.name)}</textarea>`,
    optional,
  );
}

/** A list to choose one from; `value` is chosen at first, without it the reader has to choose. */
export function select(form: FormView, field: Field & { options: Options; value?: string }): Html {
  const { id, attributes } = partsOf(form, field);
  const chosen = typedInto(form, field.name) || field.value;
  const option = ({ value, label }: Option) =>
    html`<option value="${value}" ${value === chosen && html`selected`}>${label}</option>`;
  const options = field.options.map((one) =>
    "title" in one ? html`<optgroup label="${one.title}">${one.options.map(option)}</optgroup>` : option(one),
  );
  return input(
    form,
    field,
    html`<div class="kern-form-input__select-wrapper"><select class="kern-form-input__select" id="${id}" name="${field.name}" ${attributes} ${field.value === undefined && html`required`}>
${field.value === undefined && html`<option value="">${form.texts("form.choose")}</option>`}${options}</select></div>`,
  );
}

/** A calendar day up to today. */
export function dayField(form: FormView, field: Field & { value: string; max: string }): Html {
  const { id, attributes } = partsOf(form, field);
  return input(
    form,
    field,
    html`<input class="kern-form-input__input" type="date" id="${id}" name="${field.name}" value="${typedInto(form, field.name) || field.value}" max="${field.max}" required ${attributes}>`,
  );
}

function input(form: FormView, field: Field, control: Html, optional = false): Html {
  const { id, fault } = partsOf(form, field);
  const { texts } = form;
  return html`<div class="kern-form-input ${fault && "kern-form-input--error"}">
<label class="kern-label" for="${id}">${field.label}${optional && html` <span class="kern-label__optional">${texts("form.optional")}</span>`}</label>
${field.hint && html`<span class="kern-hint" id="${id}-hint">${field.hint}</span>`}
${control}
${fault && html`<p class="kern-error" id="${id}-error"><span class="kern-icon kern-icon--danger" aria-hidden="true"></span><span class="kern-body">${texts(fault.text)}</span></p>`}
</div>`;
}

function partsOf({ id: form, draft }: FormView, { name, hint }: Field) {
  const id = `${form}-${name}`;
  const fault = draft?.fault?.field === name ? draft.fault : undefined;
  const notes = [...(hint ? [`${id}-hint`] : []), ...(fault ? [`${id}-error`] : [])].join(" ");
  const attributes = html`${notes && html`aria-describedby="${notes}"`} ${fault && html`aria-invalid="true"`}`;
  return { id, fault, attributes };
}

function typedInto({ draft }: FormView, name: string): string {
  return draft?.fields[name] ?? "";
}
