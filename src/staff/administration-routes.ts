import { Hono } from "hono";
import { html } from "hono/html";
import { codePattern } from "../domain/code.ts";
import { examplesIn } from "../domain/examples.ts";
import { listReadings, readingsPerPage } from "../store/readings.ts";
import { germanName, languageName } from "./german.ts";
import type { StaffEnv } from "./guard.ts";
import { alert } from "./page/layout.ts";
import { readingTable } from "./page/readings.ts";
import { pairs, section } from "./page/section.ts";
import { type StaffSite, show } from "./site.ts";

/** What an administrator sees besides the colleagues: how this place is set up, and who read cases. */
export function administrationRoutes(site: StaffSite): Hono<StaffEnv> {
  const { texts, place, pool } = site;
  const routes = new Hono<StaffEnv>();

  routes.get("/settings", async (context) => {
    const channels = await site.channels();
    const examples = examplesIn(place);
    const languages = site.unreviewed.map((code) => languageName(texts, code)).join(", ");
    const { retention, answer_within: answers } = place;
    const content = html`<h1 class="kern-heading-large">${texts("settings.page")}</h1>
<div class="staff-narrow">
${section(
  "place",
  texts("settings.place"),
  pairs([
    { label: texts("settings.name"), value: germanName(place.name) },
    { label: texts("settings.trial"), value: texts(place.trial ? "settings.trial.yes" : "settings.trial.no") },
  ]),
)}
${section(
  "channels",
  texts("settings.channels"),
  pairs([
    ...channels.map(({ name, trouble }) => ({
      label: texts.find(`channel.${name}`) ?? name,
      value: trouble ? texts("settings.trouble") : texts("settings.ready"),
    })),
    { label: texts("settings.mail"), value: texts(site.mail ? "settings.mail.yes" : "settings.mail.no") },
  ]),
)}
${section(
  "examples",
  texts("settings.examples"),
  examples.length === 0
    ? html`<p class="kern-body">${texts("settings.examples.none")}</p>`
    : html`<p class="kern-body">${texts("settings.examples.hint")}</p>${pairs(
        examples.map(({ part, count }) => ({ label: texts.find(`settings.part.${part}`) ?? part, value: count })),
      )}`,
)}
${section("languages", texts("settings.languages"), languages === "" ? html`<p class="kern-body">${texts("settings.languages.none")}</p>` : html`<p class="kern-body">${texts("unreviewed.body", { languages })}</p>`)}
${section(
  "answers",
  texts("settings.answers"),
  pairs(
    (["urgent", "high", "normal"] as const).map((priority) => ({
      label: texts(`priority.${priority}`),
      value:
        answers[priority] === 0
          ? texts("settings.sameDay")
          : texts("settings.workingDays", { count: answers[priority] }),
    })),
  ),
)}
${section(
  "periods",
  texts("settings.periods"),
  pairs(
    Object.entries(retention).flatMap(([name, value]) => {
      const unit = /_(hours|days|months)$/.exec(name)?.[1];
      if (typeof value !== "number" || !unit) return [];
      const label = texts.find(`settings.period.${name}`) ?? name;
      return [{ label, value: texts.find(`settings.${unit}`, { count: value }) ?? value }];
    }),
  ),
)}
</div>`;
    return show(site, context, texts("settings.page"), content);
  });

  routes.get("/readings", async (context) => {
    const typed = context.req.query("code")?.trim().toUpperCase() ?? "";
    const [, head, tail] = codePattern.exec(typed) ?? [];
    const page = Math.max(0, Math.trunc(Number(context.req.query("page")) || 1) - 1);
    const code = head && tail ? `${head}-${tail}` : undefined;
    const { count, readings } = typed && !code ? { count: 0, readings: [] } : await listReadings(pool, { page, code });
    const last = Math.max(0, Math.ceil(count / readingsPerPage) - 1);
    // Of a page that was asked for with a code, no link repeats it: codes are not for this page to show.
    const content = html`<div class="staff-title"><h1 class="kern-heading-large">${texts("readings.page")}</h1>
<form class="staff-find" method="get" action="/staff/readings" role="search"><label class="kern-label" for="code">${texts("readings.find")}</label>
<input class="kern-form-input__input" id="code" name="code" autocomplete="off" spellcheck="false" maxlength="12">
<button class="kern-btn kern-btn--secondary"><span class="kern-label">${texts("readings.find.button")}</span></button></form></div>
<p class="kern-body">${texts("readings.hint")}</p>
${typed && alert("info", texts("readings.ofOne", { count }))}
${readings.length === 0 ? html`<p class="kern-body staff-empty">${texts("readings.none")}</p>` : readingTable(texts, readings)}
${!typed && last > 0 && html`<nav class="staff-pages" aria-label="${texts("readings.pages")}">${page > 0 && html`<a class="kern-link" href="/staff/readings?page=${page}">${texts("list.previous")}</a>`} <span class="kern-body">${page + 1} / ${last + 1}</span> ${page < last && html`<a class="kern-link" href="/staff/readings?page=${page + 2}">${texts("list.next")}</a>`}</nav>`}`;
    return show(site, context, texts("readings.page"), content);
  });
  return routes;
}
