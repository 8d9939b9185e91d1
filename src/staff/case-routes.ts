import { Hono } from "hono";
import { html } from "hono/html";
import type { CaseDetails } from "../domain/case.ts";
import { codePattern } from "../domain/code.ts";
import { readCase } from "../store/cases.ts";
import { claimCase } from "../store/claim.ts";
import type { StaffMember } from "../store/staff-sessions.ts";
import { claimNotice } from "./claim.ts";
import { hasToken, type StaffEnv } from "./guard.ts";
import { makeCard } from "./notice.ts";
import { caseDetails } from "./page/case-details.ts";
import { alert, type Html } from "./page/layout.ts";
import { asksForLivePart, live, refuseChange, type StaffSite, show, showMissing, toList } from "./site.ts";
import { talkNotice, talkViewOf } from "./talk-view.ts";

/** One case, and what can be done with it. */
export function caseRoutes(site: StaffSite): Hono<StaffEnv> {
  const { texts, place, words, keyring } = site;
  const routes = new Hono<StaffEnv>();
  routes.get("/cases/:code", async (context) => {
    const code = context.req.param("code");
    const found = codePattern.test(code) ? await readCase(await site.prisma(), keyring, code) : undefined;
    if (!found) return showMissing(site, context, texts("notFound.case", { code }));
    const [member, csrf] = [context.get("member"), context.get("csrf")];
    const talk = await talkViewOf(site, member, code);
    const content = caseDetails({ texts, words, place, member, csrf, found, talk });
    if (asksForLivePart(context)) return context.html(content);
    const { claim, talk: wrote, referral } = context.req.query();
    const notice = claim === undefined ? talkNotice(texts, wrote) : outcome(site, found, member);
    const whole = html`${toList(texts)}${notice}${referralNotice(site, referral)}${live(content, texts("case.changed"))}`;
    return show(site, context, texts("case.page", { code }), whole);
  });

  routes.post("/cases/:code/claim", async (context) => {
    const { csrf } = await context.req.parseBody();
    if (!hasToken(context, csrf)) return refuseChange(site, context);
    const code = context.req.param("code");
    const { name } = context.get("member");
    const claim = { code, by: { id: `page:${name}`, name }, at: site.now(), owner: site.owner() };
    const result = await claimCase(site.pool, keyring, claim, (found, detail) => makeCard(place, found, detail));
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
function outcome({ texts }: StaffSite, found: CaseDetails, member: StaffMember): Html | "" {
  const { code, status, claimedBy, claimedAt } = found;
  if (status === "open") return "";
  if (status !== "claimed" || !claimedBy || !claimedAt) {
    return alert("info", claimNotice(texts, code, { type: "closed" }), undefined, true);
  }
  return claimedBy === member.name
    ? alert("success", claimNotice(texts, code, { type: "claimed", lanes: [] }), undefined, true)
    : alert("warning", claimNotice(texts, code, { type: "taken", by: claimedBy, at: claimedAt }), undefined, true);
}
