import { html } from "hono/html";
import type { CaseSummary } from "../../domain/case.ts";
import { isClaimable } from "../../domain/case-act.ts";
import type { Actor } from "../../domain/staff.ts";
import { type CaseShow, caseShows, pageSize } from "../../store/cases.ts";
import { ageOf, dateTime, germanName, languageName } from "../german.ts";
import { officeNames } from "../notice.ts";
import type { StaffPlace } from "../place.ts";
import type { StaffTexts } from "../texts.ts";
import { claimForm } from "./claim-form.ts";
import type { Html } from "./layout.ts";
import { flagBadges, interpreterText, priorityBadge, statusText } from "./status.ts";

const shownOffices = 3;

/** What a list is made of. `page` counts from 0. */
export interface ListView {
  texts: StaffTexts;
  place: StaffPlace;
  /** Who looks at it. */
  reader: { actor: Actor; team: string | null };
  csrf: string;
  show: CaseShow;
  page: number;
  counts: { [S in CaseShow]: number };
  cases: CaseSummary[];
  now: Date;
}

/** The part of the list's page that is fetched anew whenever cases change. */
export function caseList(view: ListView): Html {
  const { texts, cases, show } = view;
  return html`${tabs(view)}
${
  cases.length === 0
    ? html`<p class="kern-body staff-empty">${texts(`list.empty.${show}`)}</p>`
    : html`<div class="staff-list"><table class="kern-table staff-table" role="table">
<caption class="kern-sr-only">${texts("list.caption")}</caption>
<thead role="rowgroup"><tr class="kern-table__row" role="row">${head(view)}</tr></thead>
<tbody class="kern-table__body" role="rowgroup">${cases.map((found) => row(view, found))}</tbody>
</table></div>`
}
${pages(view)}`;
}

function tabs({ texts, show, counts, reader }: ListView): Html {
  // Who is in no team has no cases of one.
  const shows = caseShows.filter((name) => name !== "team" || reader.team !== null);
  return html`<nav class="staff-tabs" aria-label="${texts("list.filter")}">${shows.map(
    (name) =>
      html`<a id="show-${name}" class="staff-tab" href="/staff/cases?show=${name}" ${name === show && html`aria-current="page"`}>${texts(`list.${name}`)} <span class="staff-tab__count">${counts[name]}</span></a>`,
  )}</nav>`;
}

function withTriage({ place }: ListView): boolean {
  return place.rooms.page === "triage";
}

function head(view: ListView): Html[] {
  const columns = ["case", "where", "language", "needs", "offices", "priority", "age", "status"] as const;
  return columns
    .filter((name) => withTriage(view) || (name !== "needs" && name !== "offices"))
    .map(
      (name) => html`<th class="kern-table__header" role="columnheader" scope="col">${view.texts(`list.${name}`)}</th>`,
    );
}

function row(view: ListView, found: CaseSummary): Html {
  const { texts, place, now } = view;
  const town = place.municipalities[found.municipality ?? ""];
  const language = languageName(texts, found.language);
  const interpreter = interpreterText(texts, found, (code) => languageName(texts, code));
  const needs = found.needs.map((need) => texts.find(`answer.needs.${need}`) ?? need);
  const cell = (name: Column, content: unknown) =>
    html`<td class="kern-table__cell staff-table__${name}" role="cell">${content}</td>`;
  return html`<tr class="kern-table__row" role="row">
<th class="kern-table__cell staff-table__case" role="rowheader" scope="row"><a id="case-${found.code}" class="kern-link kern-link--no-visited-state staff-code" href="/staff/cases/${found.code}">${found.code}</a> ${flagBadges(texts, found)}</th>
${cell("where", town ? germanName(town.name) : texts("where.none"))}
${cell("language", html`${language}${interpreter && html`<span class="staff-second">${interpreter}</span>`}`)}
${withTriage(view) && cell("needs", needs.join(", "))}
${withTriage(view) && cell("offices", inShort(view, officeNames(place, found.proposals)))}
${cell("priority", priorityBadge(texts, found))}
${cell("age", html`<time datetime="${found.submittedAt.toISOString()}" title="${dateTime(texts, found.submittedAt)}">${ageOf(texts, found.submittedAt, now)}</time>`)}
${cell("status", html`${isClaimable(found) ? claimForm(texts, found.code, view.csrf, "small") : statusText(texts, found, view.reader.actor)}${standing(view, found)}`)}
</tr>`;
}

/** How far the case is, and who stays the person's contact. */
function standing({ texts }: ListView, { stage, contactPerson }: CaseSummary): Html {
  const name = contactPerson?.name;
  return html`${stage && html`<span class="staff-second">${texts(`stage.${stage}`)}</span>`}${name && html`<span class="staff-second">${texts("list.contactPerson", { name })}</span>`}`;
}

type Column = "where" | "language" | "needs" | "offices" | "priority" | "age" | "status";

/** The first of them, and how many more there are: the rest is on the case's page. */
function inShort({ texts }: ListView, names: string[]): string {
  const shown = names.slice(0, shownOffices).join(", ");
  const more = names.length - shownOffices;
  return more > 0 ? `${shown} ${texts("list.more", { count: more })}` : shown;
}

function pages({ texts, show, page, counts }: ListView): Html | "" {
  const last = Math.ceil(counts[show] / pageSize) - 1;
  if (last < 1) return "";
  const link = (to: number, label: string) =>
    html`<a id="page-${to}" class="kern-link kern-link--no-visited-state" href="/staff/cases?show=${show}&amp;page=${to + 1}">${label}</a>`;
  return html`<nav class="staff-pages" aria-label="${texts("list.pages")}">
${page > 0 && link(page - 1, texts("list.previous"))} <span class="kern-body">${page + 1} / ${last + 1}</span> ${page < last && link(page + 1, texts("list.next"))}
</nav>`;
}
