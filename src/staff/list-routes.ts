import { Hono } from "hono";
import { html } from "hono/html";
import { codePattern } from "../domain/code.ts";
import { caseShows, countCases, listCases } from "../store/cases.ts";
import { actorOf } from "./actor.ts";
import { languageName } from "./german.ts";
import type { StaffEnv } from "./guard.ts";
import { readNotices } from "./notice-routes.ts";
import { actDone } from "./page/act-result.ts";
import { caseList } from "./page/case-list.ts";
import { alert, type Html } from "./page/layout.ts";
import { noticesSection } from "./page/notices.ts";
import { asksForLivePart, live, type StaffSite, show, showMissing } from "./site.ts";

/** The list of cases, and the way to one by its code. */
export function listRoutes(site: StaffSite): Hono<StaffEnv> {
  const { texts } = site;
  const routes = new Hono<StaffEnv>();
  routes.get("/cases", async (context) => {
    const typed = context.req.query("code")?.trim();
    if (typed) {
      const [, head, tail] = codePattern.exec(typed.toUpperCase()) ?? [];
      if (head && tail) return context.redirect(`/staff/cases/${head}-${tail}`, 303);
      return showMissing(site, context, texts("notFound.case", { code: typed }));
    }
    const { member, scope, csrf } = context.var;
    const content = await list(site, { member, scope, csrf }, context.req.query());
    if (asksForLivePart(context)) return context.html(content);
    const whole = html`<div class="staff-title"><h1 class="kern-heading-large">${texts("list.page")}</h1>${find(site)}</div>
${actDone({ texts }, context.req.query("done"))}${live(content, texts("list.changed"))}${unreviewed(site)}`;
    return show(site, context, texts("list.page"), whole);
  });
  return routes;
}

async function list(
  site: StaffSite,
  { member, scope, csrf }: Pick<StaffEnv["Variables"], "member" | "scope" | "csrf">,
  query: { show?: string; page?: string },
): Promise<Html> {
  const { texts, place, keyring } = site;
  const wanted = caseShows.find((name) => name === query.show) ?? "open";
  const page = Math.max(0, Math.trunc(Number(query.page) || 1) - 1);
  const prisma = await site.prisma();
  const filter = { show: wanted, member: actorOf(member), scope };
  const [counts, cases, notices] = await Promise.all([
    countCases(prisma, filter),
    listCases(prisma, keyring, filter, page),
    readNotices(site, member),
  ]);
  const now = site.now();
  const reader = { actor: filter.member, team: scope.team };
  return html`${noticesSection({ texts, place, csrf, notices, now })}
${caseList({ texts, place, reader, csrf, show: wanted, page, counts, cases, now })}`;
}

function find({ texts }: StaffSite): Html {
  return html`<form class="staff-find" method="get" action="/staff/cases" role="search">
<label class="kern-label" for="code">${texts("list.find")}</label>
<input class="kern-form-input__input" id="code" name="code" placeholder="K7-42M" autocomplete="off" autocapitalize="characters" spellcheck="false" required maxlength="12">
<button class="kern-btn kern-btn--secondary"><span class="kern-label">${texts("list.find.button")}</span></button>
</form>`;
}

function unreviewed({ texts, unreviewed: codes }: StaffSite): Html | "" {
  if (codes.length === 0) return "";
  const languages = codes.map((code) => languageName(texts, code)).join(", ");
  return html`<aside class="staff-notes">${alert("info", texts("unreviewed.title"), texts("unreviewed.body", { languages }))}</aside>`;
}
