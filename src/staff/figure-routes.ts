import { Hono } from "hono";
import { html } from "hono/html";
import { berlinDay, instantOf } from "../domain/berlin.ts";
import { suppress, suppressAlone } from "../domain/suppression.ts";
import { countFigures, countNaturalisation } from "../store/figures.ts";
import { figureTables } from "./figures.ts";
import { dayName, languageName } from "./german.ts";
import type { StaffEnv } from "./guard.ts";
import { figureTable, shownCount } from "./page/figures.ts";
import { alert } from "./page/layout.ts";
import { section } from "./page/section.ts";
import { type StaffSite, show } from "./site.ts";

/** Figures for coordinators, and counts for ABH and EBH: nobody can be found in either. */
export function figureRoutes(site: StaffSite): Hono<StaffEnv> {
  const { texts, place, pool } = site;
  const routes = new Hono<StaffEnv>();
  const today = () => berlinDay(site.now().getTime());
  const startOfToday = () => new Date(instantOf(today(), "00:00"));

  routes.get("/figures", async (context) => {
    const tables = figureTables(texts, place, await countFigures(pool, startOfToday()));
    const shown = suppress(tables.map(({ cells }) => cells));
    const content = html`<h1 class="kern-heading-large">${texts("figures.page")}</h1>
<p class="kern-body">${texts("figures.asOf", { day: dayName(today()) })} ${texts("figures.how")}</p>
${
  shown
    ? html`<div class="staff-figures">${tables.map((table, index) => figureTable(texts, table, shown[index]))}</div>`
    : alert("info", texts("figures.tooFew"))
}`;
    return show(site, context, texts("figures.page"), content);
  });

  routes.get("/campaigns", async (context) => {
    const counts = await countNaturalisation(pool, startOfToday());
    const rows = place.languages.map((code) => {
      const count = shownCount(texts, suppressAlone(counts[code] ?? 0));
      return html`<tr class="kern-table__row"><th class="kern-table__cell" scope="row">${languageName(texts, code)}</th><td class="kern-table__cell kern-table__cell--numeric">${count}</td></tr>`;
    });
    const content = html`<h1 class="kern-heading-large">${texts("campaigns.page")}</h1>
<p class="kern-body">${texts("campaigns.intro")}</p>
<div class="staff-narrow">${section(
      "naturalisation",
      texts("campaigns.naturalisation"),
      html`<p class="kern-body kern-body--muted">${texts("campaigns.asOf", { day: dayName(today()) })}</p>
<table class="kern-table staff-counts"><caption class="kern-sr-only">${texts("campaigns.naturalisation")}</caption>
<thead><tr class="kern-table__row"><th class="kern-table__header" scope="col">${texts("list.language")}</th><th class="kern-table__header kern-table__header--numeric" scope="col">${texts("campaigns.people")}</th></tr></thead>
<tbody class="kern-table__body">${rows}</tbody></table>`,
    )}${alert("info", texts("campaigns.later"))}</div>`;
    return show(site, context, texts("campaigns.page"), content);
  });
  return routes;
}
