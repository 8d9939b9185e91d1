import { html } from "hono/html";
import { digestCounts, type NewsFacts } from "../../domain/news.ts";
import type { StaffNotice } from "../../store/staff-notices.ts";
import { ageOf, dateTime, germanName } from "../german.ts";
import type { StaffPlace } from "../place.ts";
import type { StaffTexts } from "../texts.ts";
import type { Html } from "./layout.ts";
import { section } from "./section.ts";

/** What the section of news is made of. */
export interface NoticesView {
  texts: StaffTexts;
  place: Pick<StaffPlace, "teams">;
  csrf: string;
  notices: StaffNotice[];
  now: Date;
}

/** News for whoever reads the page, until they say that they have seen it; nothing where there is none. */
export function noticesSection(view: NoticesView): Html | "" {
  const { texts, notices } = view;
  if (notices.length === 0) return "";
  const all = notices.length > 1 && seenForm(view, notices, "all", texts("notices.seen"));
  return html`<div class="staff-notices">${section(
    "notices",
    texts("notices"),
    html`<ul class="staff-notices__list">${notices.map((notice) => item(view, notice))}</ul>${all}`,
  )}</div>`;
}

function item(view: NoticesView, notice: StaffNotice): Html {
  const { texts, place, now } = view;
  const { id, at, code, kind, facts } = notice;
  const lines = kind === "digest" ? digestLines(texts, facts) : [];
  const label = code ? texts("notices.seen.label", { code }) : texts("notices.seen.digest");
  return html`<li class="staff-notices__item kern-body">
<div>${code && html`<a id="notice-${id}" class="kern-link kern-link--no-visited-state staff-code" href="/staff/cases/${code}">${code}</a> `}<span>${texts.find(`notice.${kind}`, named(place, facts)) ?? kind}</span>
${lines.length > 0 && html`<ul class="staff-changes">${lines.map((line) => html`<li>${line}</li>`)}</ul>`}
<span class="staff-second"><time datetime="${at.toISOString()}" title="${dateTime(texts, at)}">${ageOf(texts, at, now)}</time></span></div>
${seenForm(view, [notice], id, texts("notices.seen.one"), label)}
</li>`;
}

function seenForm({ csrf }: NoticesView, notices: StaffNotice[], name: string, text: string, label?: string): Html {
  return html`<form method="post" action="/staff/notices/seen">
<input type="hidden" name="csrf" value="${csrf}">
${notices.map(({ id }) => html`<input type="hidden" name="notice" value="${id}">`)}
<button id="seen-${name}" class="kern-btn kern-btn--tertiary kern-btn--x-small" ${label !== undefined && html`aria-label="${label}"`}><span class="kern-label">${text}</span></button>
</form>`;
}

/** Teams by their names. */
function named({ teams }: NoticesView["place"], facts: NewsFacts): NewsFacts {
  const team = teams[String(facts.team ?? "")];
  return team ? { ...facts, team: germanName(team.name) } : facts;
}

function digestLines(texts: StaffTexts, facts: NewsFacts): string[] {
  return digestCounts(facts).map(({ key, count, code }) => texts.find(`notice.${key}`, { count, code }) ?? key);
}
