import { html } from "hono/html";
import { roles, type StaffDetails } from "../../domain/staff.ts";
import { germanName, languageName } from "../german.ts";
import type { StaffPlace } from "../place.ts";
import type { StaffEntries } from "../staff-form.ts";
import type { StaffTexts } from "../texts.ts";
import { checkbox, checkboxes, input, select } from "./fields.ts";
import type { Html } from "./layout.ts";

// Those that are spoken most in the teams; a colleague's others are kept as they are.
const offered = ["de", "en", "uk", "ru", "ar", "tr", "fa", "ku", "fr", "es", "ro", "bg", "sq", "sr", "pl", "ti", "so"];

/** The fields about a colleague. */
export function staffFields(
  { texts, place }: { texts: StaffTexts; place: StaffPlace },
  entries: StaffEntries,
  wrong: (keyof StaffDetails)[],
): Html {
  const field = (name: keyof StaffDetails) => ({
    name,
    label: texts(`people.${name}`),
    fault: wrong.includes(name) ? texts(`people.${name}.fault`) : undefined,
  });
  const teams = Object.entries(place.teams).map(([value, team]) => ({ value, label: germanName(team.name) }));
  const languages = [...new Set([...offered, ...entries.languages])];
  return html`${input({ ...field("name"), value: entries.name, required: true })}
${checkbox({ name: "showName", label: texts("people.showName"), checked: entries.showName })}
${checkboxes({
  ...field("roles"),
  hint: texts("people.roles.hint"),
  values: entries.roles,
  options: roles.map((role) => ({ value: role, label: texts(`role.${role}.long`) })),
})}
${select({ ...field("team"), value: entries.team, options: [{ value: "", label: texts("people.team.none") }, ...teams] })}
${input({ ...field("email"), hint: texts("people.email.hint"), kind: "email", value: entries.email })}
${input({ ...field("employer"), hint: texts("people.employer.hint"), value: entries.employer })}
${input({ ...field("share"), kind: "number", value: entries.share })}
${checkboxes({
  ...field("languages"),
  short: true,
  values: entries.languages,
  options: languages.map((code) => ({ value: code, label: languageName(texts, code) })),
})}`;
}
