import { type Context, Hono } from "hono";
import { html } from "hono/html";
import { z } from "zod";
import type { IntakeAnswers } from "../domain/answers.ts";
import { berlinDay } from "../domain/berlin.ts";
import type { CaseDetails } from "../domain/case.ts";
import { codePattern } from "../domain/code.ts";
import { readCase } from "../store/cases.ts";
import { readReferralSheet } from "../store/referral-sheet.ts";
import { askReferral, handOver } from "../store/referrals.ts";
import { actorOf } from "./actor.ts";
import { viewOf } from "./case-page.ts";
import { hasToken, type StaffEnv } from "./guard.ts";
import { type ReferralChoice, referralForm } from "./page/referral-form.ts";
import { handOverForm, referralSheet } from "./page/referral-sheet.ts";
import { refuseChange, type StaffSite, show, showMissing } from "./site.ts";

const asked = z.object({
  office: z.string().default(""),
  items: z.union([z.array(z.string()), z.string().transform((one) => [one])]).default([]),
  version: z.coerce.number().int().catch(0),
});
const id = z.uuid();
const day = z.iso.date();

/** Asking a person whether answers may go to an office, and handing them over after the yes. */
export function referralRoutes(site: StaffSite): Hono<StaffEnv> {
  const { texts, place, keyring, pool } = site;
  const routes = new Hono<StaffEnv>();
  const missing = (context: Context, code: string) => showMissing(site, context, texts("notFound.case", { code }));
  const find = async (code: string) =>
    codePattern.test(code) ? readCase(await site.prisma(), keyring, code) : undefined;
  const form = async (context: Context<StaffEnv>, found: CaseDetails, choice: ReferralChoice) => {
    const content = referralForm(await viewOf(site, context, found), choice);
    return show(site, context, texts("referral.page", { code: found.code }), content);
  };

  routes.get("/cases/:code/referrals/new", async (context) => {
    const code = context.req.param("code");
    const found = await find(code);
    return found ? form(context, found, { office: "", items: [] }) : missing(context, code);
  });

  routes.post("/cases/:code/referrals", async (context) => {
    const body = await context.req.parseBody({ all: true });
    if (!hasToken(context, body.csrf)) return refuseChange(site, context);
    const code = context.req.param("code");
    const found = await find(code);
    if (!found) return missing(context, code);
    const { office, items: chosen, version } = asked.parse(body);
    const answers: Partial<Record<string, unknown>> =
      found.intakes[0]?.answers ?? ({} satisfies Partial<IntakeAnswers>);
    const items = chosen.filter((item) => answers[item] !== undefined);
    const known = Object.hasOwn(place.offices, office) ? place.offices[office] : undefined;
    if (!known || items.length === 0) return form(context, found, { office, items, why: "referral.missing" });
    const result = await askReferral(pool, {
      code,
      office,
      items,
      version,
      confidentiality: known.confidentiality === true,
      by: actorOf(context.get("member")),
    });
    if (result === "changed") return form(context, found, { office, items, why: "referral.result.changed" });
    if (result === "asked") {
      site.changed([]);
      site.deliverReferrals();
    }
    return context.redirect(`/staff/cases/${code}?referral=${result}`, 303);
  });

  routes.get("/cases/:code/referrals/:id/sheet", async (context) => {
    const { code, id: referral } = context.req.param();
    const sheet = id.safeParse(referral).success
      ? await readReferralSheet(pool, keyring, { code, id: referral })
      : null;
    if (!sheet) return showMissing(site, context, texts("notFound"));
    const today = berlinDay(site.now().getTime());
    const wrongDay = context.req.query("day") !== undefined;
    const content = html`<p class="staff-back staff-unprinted"><a class="kern-link kern-link--no-visited-state" href="/staff/cases/${code}"><span class="kern-icon kern-icon--arrow-back" aria-hidden="true"></span>${texts("referral.back")}</a></p>
${referralSheet({ texts, place, sheet })}
${!sheet.handedOver && handOverForm({ texts }, { code, id: referral, csrf: context.get("csrf"), today, wrongDay })}`;
    return show(site, context, texts("sheet.title"), content);
  });

  routes.post("/cases/:code/referrals/:id/handed-over", async (context) => {
    const body = await context.req.parseBody();
    if (!hasToken(context, body.csrf)) return refuseChange(site, context);
    const { code, id: referral } = context.req.param();
    if (!id.safeParse(referral).success) return showMissing(site, context, texts("notFound"));
    const on = day.safeParse(body.day);
    if (!on.success || on.data > berlinDay(site.now().getTime()))
      return context.redirect(`/staff/cases/${code}/referrals/${referral}/sheet?day=wrong`, 303);
    const by = actorOf(context.get("member"));
    const noted = await handOver(pool, { code, id: referral, day: on.data, by });
    if (noted) site.changed([]);
    return context.redirect(`/staff/cases/${code}?referral=${noted ? "handedOver" : "over"}`, 303);
  });
  return routes;
}
