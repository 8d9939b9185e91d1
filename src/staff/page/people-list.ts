import { html } from "hono/html";
import { isAbsent } from "../../domain/cover.ts";
import type { StaffRecord } from "../../store/staff.ts";
import { dateTime, germanName, shortDay } from "../german.ts";
import type { StaffPlace } from "../place.ts";
import type { StaffTexts } from "../texts.ts";
import { badge, type Html } from "./layout.ts";

interface PeopleView {
  texts: StaffTexts;
  place: StaffPlace;
  people: StaffRecord[];
  /** Today. */
  day: string;
}

/** All colleagues with what an administrator looks for first. */
export function peopleList(view: PeopleView): Html {
  const { texts, people } = view;
  const columns = ["name", "roles", "team", "standing"] as const;
  return html`<table class="kern-table staff-rows">
<caption class="kern-sr-only">${texts("people.page")}</caption>
<thead><tr class="kern-table__row">${columns.map((name) => html`<th class="kern-table__header" scope="col">${texts(`people.${name}`)}</th>`)}</tr></thead>
<tbody class="kern-table__body">${people.map((person) => row(view, person))}</tbody>
</table>`;
}

function row(view: PeopleView, person: StaffRecord): Html {
  const { texts, place } = view;
  const team = place.teams[person.team ?? ""];
  const roles = person.roles.map((role) => texts(`role.${role}`)).join(", ");
  return html`<tr class="kern-table__row">
<th class="kern-table__cell" scope="row"><a class="kern-link kern-link--no-visited-state" href="/staff/people/${person.id}">${person.name}</a></th>
<td class="kern-table__cell">${roles}</td>
<td class="kern-table__cell">${team ? germanName(team.name) : (person.team ?? texts("people.team.none"))}</td>
<td class="kern-table__cell">${standing(view, person)}</td>
</tr>`;
}

function standing({ texts, people, day }: PeopleView, person: StaffRecord): Html | string {
  if (person.endedAt) return texts("people.ended", { at: dateTime(texts, person.endedAt) });
  const absence = { from: person.absentFrom, until: person.absentUntil };
  if (person.absentFrom === null || (person.absentUntil !== null && person.absentUntil < day))
    return texts("people.here");
  const cover = people.find(({ id }) => id === person.coverId);
  const note = html`<span class="staff-second">${absenceText(texts, absence)}; ${cover ? texts("people.cover.by", { name: cover.name }) : texts("people.cover.none")}</span>`;
  return isAbsent(person, day)
    ? html`${badge("warning", texts("people.absent"))}${note}`
    : html`${texts("people.here")}${note}`;
}

/** "von 01.12.2026 bis 05.12.2026" */
export function absenceText(texts: StaffTexts, { from, until }: { from: string | null; until: string | null }): string {
  if (from === null) return texts("absence.none");
  return until === null
    ? texts("absence.open", { from: shortDay(from) })
    : texts("absence.span", { from: shortDay(from), until: shortDay(until) });
}
