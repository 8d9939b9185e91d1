import { Hono } from "hono";
import type { CaseDetails } from "../domain/case.ts";
import { isClaimer } from "../domain/case-act.ts";
import { claimCase } from "../store/claim.ts";
import { actorOf } from "./actor.ts";
import { findCase, showCase, viewOf } from "./case-page.ts";
import { claimNotice } from "./claim.ts";
import { hasToken, type StaffEnv } from "./guard.ts";
import { makeCard } from "./notice.ts";
import { actDone } from "./page/act-result.ts";
import { caseDetails } from "./page/case-details.ts";
import type { CaseView } from "./page/case-view.ts";
import { alert, type Html } from "./page/layout.ts";
import { asksForLivePart, refuseChange, type StaffSite, showMissing } from "./site.ts";
import { talkNotice } from "./talk-view.ts";

/** One case, and how it is claimed. */
export function caseRoutes(site: StaffSite): Hono<StaffEnv> {
  const { texts, place, keyring } = site;
  const routes = new Hono<StaffEnv>();
  routes.get("/cases/:code", async (context) => {
    const found = await findCase(site, context);
    if (!found) return showMissing(site, context, texts("notFound.case", { code: context.req.param("code") }));
    const view = await viewOf(site, context, found);
    if (asksForLivePart(context)) return context.html(caseDetails(view));
    const { claim, done, talk, referral } = context.req.query();
    const told = actDone(view, done) || talkNotice(texts, talk) || referralNotice(site, referral);
    return showCase(site, context, view, claim === undefined ? told : claimed(view, found));
  });

  routes.post("/cases/:code/claim", async (context) => {
    const { csrf } = await context.req.parseBody();
    if (!hasToken(context, csrf)) return refuseChange(site, context);
    const code = context.req.param("code");
    const claim = { code, by: actorOf(context.get("member")), at: site.now(), owner: site.owner() };
    const result = await claimCase(site.pool, keyring, claim, (found, detail, team) =>
      makeCard(place, found, detail, false, team),
    );
    if (result.type === "unknown") return showMissing(site, context, texts("notFound.case", { code }));
    if (result.type === "claimed") site.changed(result.lanes);
    return context.redirect(`/staff/cases/${code}?claim`, 303);
  });
  return routes;
}

/** How asking for a referral, or handing one over, went. */
function referralNotice({ texts }: StaffSite, result: string | undefined): Html | "" {
  const text = result === undefined ? undefined : texts.find(`referral.result.${result}`);
  if (!text) return "";
  return alert(result === "asked" || result === "handedOver" ? "success" : "warning", text, undefined, true);
}

/** How a claim went, as the case stands now. */
function claimed({ texts, actor }: CaseView, found: CaseDetails): Html | "" {
  const { code, status, claimedBy, claimedAt } = found;
  if (status === "open") return "";
  if (status !== "claimed" || !claimedBy || !claimedAt) {
    return alert("info", claimNotice(texts, code, { type: "closed" }), undefined, true);
  }
  return isClaimer(found, actor)
    ? alert("success", claimNotice(texts, code, { type: "claimed", lanes: [] }), undefined, true)
    : alert("warning", claimNotice(texts, code, { type: "taken", by: claimedBy, at: claimedAt }), undefined, true);
}
