import { html } from "hono/html";
import type { StaffRecord } from "../../store/staff.ts";
import type { StaffTexts } from "../texts.ts";
import { button, form, input, select } from "./fields.ts";
import type { Html } from "./layout.ts";
import { absenceText } from "./people-list.ts";

/** What the form about an absence is made of. */
export interface AbsenceView {
  texts: StaffTexts;
  csrf: string;
  action: string;
  person: StaffRecord;
  /** All colleagues: a cover is one of them. */
  people: StaffRecord[];
  /** Names of the fields that were wrong, and what was entered. */
  wrong?: string[];
  entered?: { [name: string]: unknown };
}

/** From and until when somebody is away, and who covers them. */
export function absenceForm(view: AbsenceView): Html {
  const { texts, csrf, action, person, people, wrong = [], entered = {} } = view;
  const field = (name: "from" | "until" | "cover") => ({
    name,
    label: texts(`absence.${name}`),
    fault: wrong.includes(name) ? texts(`absence.${name}.fault`) : undefined,
  });
  const value = (name: string, stored: string | null) => String(entered[name] ?? stored ?? "");
  const covers = people.filter(
    ({ id, endedAt, roles }) => id !== person.id && !endedAt && roles.includes("case_manager"),
  );
  const options = covers.map(({ id, name }) => ({ value: id, label: name }));
  const isCaseManager = person.roles.includes("case_manager");
  return html`<p class="kern-body">${absenceText(texts, { from: person.absentFrom, until: person.absentUntil })}</p>
${form(
  action,
  csrf,
  html`${input({ ...field("from"), kind: "date", value: value("from", person.absentFrom), required: true })}
${input({ ...field("until"), hint: texts("absence.until.hint"), kind: "date", value: value("until", person.absentUntil) })}
${isCaseManager && select({ ...field("cover"), hint: texts("absence.cover.hint"), value: value("cover", person.coverId), options: [{ value: "", label: texts("absence.cover.none") }, ...options] })}
${button(texts("absence.save"), "secondary", "absence-save")}`,
)}
${person.absentFrom && form(action, csrf, html`<input type="hidden" name="back" value="1">${button(texts("absence.back"), "tertiary")}`)}`;
}
