import { Hono } from "hono";
import { html } from "hono/html";
import { type ActOrder, actOnCase } from "../store/case-acts.ts";
import { readActForm } from "./act-form.ts";
import { actorOf } from "./actor.ts";
import { findCase, showCase, viewOf } from "./case-page.ts";
import { hasToken, type StaffEnv } from "./guard.ts";
import { makeCard } from "./notice.ts";
import { actFaulty, actRefused } from "./page/act-result.ts";
import { tellOfficePage } from "./page/tell-office.ts";
import { refuseChange, type StaffSite, show, showMissing, toCase } from "./site.ts";
import { tellOffice } from "./tell-office.ts";

/** What is done with a case by the forms of its page, and what the person would read of an office. */
export function actRoutes(site: StaffSite): Hono<StaffEnv> {
  const { texts, place, render } = site;
  const routes = new Hono<StaffEnv>();

  // All acts have the address of the page itself: what was not carried out comes back there, filled in.
  routes.post("/cases/:code", async (context) => {
    const body = await context.req.parseBody();
    if (!hasToken(context, body.csrf)) return refuseChange(site, context);
    const code = context.req.param("code");
    const { version, draft, act } = readActForm(place, body, site.now());
    if (!act) {
      const found = await findCase(site, context);
      if (!found) return showMissing(site, context, texts("notFound.case", { code }));
      const view = await viewOf(site, context, found, draft);
      return showCase(site, context, view, draft.fault && actFaulty(view, draft.fault), 422);
    }
    const by = actorOf(context.get("member"));
    const order: ActOrder = { code, version, act, by, at: site.now(), owner: site.owner() };
    const result = await actOnCase(site.pool, site.keyring, order, {
      makeCard: (found, detail, team) => makeCard(place, found, detail, false, team),
      tellOffice: (office, of, language) => tellOffice(place, office, of, language),
      endTalk: site.talk.end,
    });
    if (result.type === "done") {
      site.changed(result.lanes);
      // Whoever gave a case away may see it no longer.
      const next = act.type === "handOver" ? "/staff/cases" : `/staff/cases/${code}`;
      return context.redirect(`${next}?done=${act.type}`, 303);
    }
    const found = result.type === "unknown" ? undefined : await findCase(site, context);
    if (!found || result.type === "unknown") return showMissing(site, context, texts("notFound.case", { code }));
    const view = await viewOf(site, context, found, draft);
    return showCase(site, context, view, actRefused(view, result), 409);
  });

  routes.get("/cases/:code/tell/:decision", async (context) => {
    const { code, decision: id } = context.req.param();
    const found = await findCase(site, context);
    const decision = found?.decisions.find((one) => one.id === id);
    if (!found || !decision?.office) return showMissing(site, context, texts("notFound.case", { code }));
    const told = (language: string) => tellOffice(place, decision.office ?? "", code, language)?.message;
    const [own, german] = [told(found.languageNow), told("de")];
    if (!own || !german) return showMissing(site, context, texts("act.refused.office"));
    const view = await viewOf(site, context, found);
    const content = tellOfficePage(view, id, { own: render(own), german: render(german) });
    return show(site, context, texts("tell.page", { code }), html`${toCase(texts, code)}${content}`);
  });
  return routes;
}
