import { html } from "hono/html";
import { fieldsOf, longestField, type PreparedKey } from "../../domain/prepared.ts";
import { longestWords } from "../../domain/talk.ts";
import { languageName } from "../german.ts";
import { type Faults, fieldName, type TalkForm } from "../talk-form.ts";
import type { TalkTools } from "../talk-tools.ts";
import type { StaffTexts } from "../texts.ts";
import type { ChatWords } from "../words.ts";
import type { Html } from "./layout.ts";

/** What the fields of a message are made of. */
export interface FieldsView {
  texts: StaffTexts;
  words: ChatWords;
  tools: TalkTools;
  form: TalkForm;
  faults: Faults;
}

/** The fields of a prepared message. */
export function preparedFields(view: FieldsView, key: PreparedKey): Html[] {
  const { texts, words, tools, form } = view;
  return fieldsOf(key).map(({ name, type }) => {
    const label = texts.find(`prepared.field.${key}.${name}`) ?? texts.find(`prepared.field.${name}`) ?? name;
    const value = form.fields[name] ?? "";
    return field(view, name, label, (attributes) => {
      const common = html`id="write-${name}" name="${fieldName(name)}" required ${attributes}`;
      if (type === "where" || type === "office") {
        return html`<div class="kern-form-input__select-wrapper"><select class="kern-form-input__select" ${common}>
<option value="">${texts("write.choose")}</option>${tools.prepared
          .choices(type)
          .map(
            (choice) =>
              html`<option value="${choice.value}" ${choice.value === value && html`selected`}>${words.value(choice.label).replaceAll("**", "")}</option>`,
          )}</select></div>`;
      }
      const kind = type === "day" ? "date" : type === "time" ? "time" : "text";
      return html`<input class="kern-form-input__input" type="${kind}" ${common} ${kind === "text" && html`maxlength="${longestField}"`} value="${value}">`;
    });
  });
}

/** The fields of a message in words of one's own. */
export function freeFields(view: FieldsView): Html {
  const { texts, tools, form } = view;
  return html`${field(
    view,
    "text",
    texts("write.text"),
    (attributes) =>
      html`<textarea class="kern-form-input__input staff-textarea" id="write-text" name="text" rows="5" maxlength="${longestWords}" required ${attributes}>${form.text}</textarea>`,
    texts("write.text.hint"),
  )}
${field(
  view,
  "language",
  texts("write.language"),
  (attributes) =>
    html`<div class="kern-form-input__select-wrapper"><select class="kern-form-input__select" id="write-language" name="language" ${attributes}>${tools.languages.map(
      (code) =>
        html`<option value="${code}" ${code === form.language && html`selected`}>${languageName(texts, code)}</option>`,
    )}</select></div>`,
)}`;
}

function field(
  { texts, faults }: FieldsView,
  name: string,
  label: string,
  control: (attributes: Html) => Html,
  hint?: string,
): Html {
  const fault = faults[name];
  const notes = [...(hint ? [`write-${name}-hint`] : []), ...(fault ? [`write-${name}-error`] : [])].join(" ");
  const attributes = html`${notes && html`aria-describedby="${notes}"`} ${fault && html`aria-invalid="true"`}`;
  return html`<div class="kern-form-input ${fault && "kern-form-input--error"}">
<label class="kern-label" for="write-${name}">${label}</label>
${hint && html`<span class="kern-hint" id="write-${name}-hint">${hint}</span>`}
${control(attributes)}
${fault && html`<p class="kern-error" id="write-${name}-error"><span class="kern-icon kern-icon--danger" aria-hidden="true"></span><span class="kern-body">${texts(`write.fault.${fault}`)}</span></p>`}
</div>`;
}
