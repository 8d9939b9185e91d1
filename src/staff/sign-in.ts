import { type Context, Hono } from "hono";
import { endStaffSession, useStaffLink } from "../store/staff-sessions.ts";
import { addressOf, BadTokens } from "./bad-tokens.ts";
import { deviceOf } from "./device.ts";
import { giveSession, hasToken, type StaffEnv, takeSession } from "./guard.ts";
import { needLinkPage, signInPage } from "./page/sign-in.ts";
import { refuseChange, type StaffSite, show } from "./site.ts";

/** Signs staff in by a link that works once. Open to everybody. */
export function signInRoutes(site: StaffSite): Hono {
  const { texts, pool, publicUrl } = site;
  const badTokens = new BadTokens();
  const routes = new Hono();
  routes.get("/sign-in", (context) => {
    const token = context.req.query("token");
    return show(site, context, texts("signIn.page"), token ? signInPage(texts, token) : needLinkPage(texts));
  });
  routes.post("/sign-in", async (context) => {
    const { token } = await context.req.parseBody();
    const [address, now] = [addressOf(context), site.now().getTime()];
    if (!badTokens.mayTry(address, now)) {
      return show(site, context, texts("signIn.page"), needLinkPage(texts, "tooMany"), 429);
    }
    const session = typeof token === "string" ? await useStaffLink(pool, token, deviceOf(context)) : undefined;
    if (session === undefined) {
      badTokens.note(address, now);
      return show(site, context, texts("signIn.page"), needLinkPage(texts, "used"), 410);
    }
    giveSession(context, session, publicUrl.startsWith("https:"));
    return context.redirect("/staff", 303);
  });
  return routes;
}

/** Ends the session of whoever is signed in. */
export function signOutRoutes(site: StaffSite): Hono<StaffEnv> {
  const routes = new Hono<StaffEnv>();
  routes.post("/sign-out", async (context) => {
    const { csrf } = await context.req.parseBody();
    if (!hasToken(context, csrf)) return refuseChange(site, context);
    const token = takeSession(context);
    if (token !== undefined) await endStaffSession(site.pool, token);
    return context.redirect("/staff/sign-in", 303);
  });
  return routes;
}

/** Answers whoever is not signed in. */
export function needSignIn(site: StaffSite, context: Context): Response | Promise<Response> {
  return show(site, context, site.texts("signIn.page"), needLinkPage(site.texts), 401);
}
