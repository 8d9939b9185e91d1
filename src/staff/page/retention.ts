import { html } from "hono/html";
import type { Retention } from "../../domain/retention.ts";
import { dateTime } from "../german.ts";
import type { StaffTexts } from "../texts.ts";
import type { Html } from "./layout.ts";
import { pairs, section } from "./section.ts";

/** How long each kind of data is kept here. */
export function periodsSection(texts: StaffTexts, retention: Retention): Html {
  const periods = Object.entries(retention).flatMap(([name, value]) => {
    const unit = /_(hours|days|months)$/.exec(name)?.[1];
    if (typeof value !== "number" || !unit) return [];
    const label = texts.find(`settings.period.${name}`) ?? name;
    return [{ label, value: texts.find(`settings.${unit}`, { count: value }) ?? value }];
  });
  return section("periods", texts("settings.periods"), pairs(periods));
}

/** What the last nights removed, in counts. */
export function reportsSection(texts: StaffTexts, reports: { at: Date; counts: { [kind: string]: number } }[]): Html {
  const nights = reports.map(({ at, counts }) => {
    const removed = Object.entries(counts).map(
      ([kind, count]) => html`<li>${texts.find(`settings.removed.${kind}`) ?? kind}: ${count}</li>`,
    );
    const value = removed.length === 0 ? texts("settings.reports.nothing") : html`<ul>${removed}</ul>`;
    return { label: dateTime(texts, at), value };
  });
  const content =
    nights.length === 0 ? html`<p class="kern-body">${texts("settings.reports.none")}</p>` : pairs(nights);
  return section("reports", texts("settings.reports"), content);
}
