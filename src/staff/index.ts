import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { actRoutes } from "./act-routes.ts";
import { administrationRoutes } from "./administration-routes.ts";
import { staffAssets } from "./assets.ts";
import { caseRoutes } from "./case-routes.ts";
import { colleagueRoutes } from "./colleague-routes.ts";
import { streamChanges } from "./events.ts";
import { figureRoutes } from "./figure-routes.ts";
import { firstRoutes } from "./first-routes.ts";
import { isStillSignedIn, requireSameOrigin, requireSession, type StaffEnv } from "./guard.ts";
import { listRoutes } from "./list-routes.ts";
import { startOf } from "./menu.ts";
import { noticeRoutes } from "./notice-routes.ts";
import { ownRoutes } from "./own-routes.ts";
import { peopleRoutes } from "./people-routes.ts";
import { printRoutes } from "./print-routes.ts";
import { referralRoutes } from "./referral-routes.ts";
import { requireAccess } from "./require-access.ts";
import { needSignIn, signInRoutes, signOutRoutes } from "./sign-in.ts";
import { refuseChange, type StaffOptions, type StaffSite, showMissing } from "./site.ts";
import { talkRoutes } from "./talk-routes.ts";
import { staffTexts } from "./texts.ts";

/** The staff pages, to be mounted at `/staff`. All but sign-in and assets is for signed-in staff. */
export function createStaffPages(options: StaffOptions): Hono<StaffEnv> {
  const { path, routes: assets } = staffAssets();
  const site: StaffSite = { now: () => new Date(), ...options, texts: staffTexts(options.texts), assets: path };
  const secure = site.publicUrl.startsWith("https:");
  const pages = new Hono<StaffEnv>();
  pages.use(secureHeaders({ contentSecurityPolicy: policy, ...(!secure && { strictTransportSecurity: false }) }));
  pages.route("/", assets);
  pages.use(async (context, next) => {
    await next();
    context.header("cache-control", "no-store");
  });
  pages.use(requireSameOrigin(site.publicUrl, (context) => refuseChange(site, context)));
  pages.route("/", signInRoutes(site));
  pages.route("/", firstRoutes(site));
  pages.use(requireSession(site.pool, secure, (context) => needSignIn(site, context)));
  pages.use(requireAccess(site));
  pages.get("/", (context) => context.redirect(startOf(context.get("member").roles)));
  pages.route("/", signOutRoutes(site));
  pages.route("/", listRoutes(site));
  pages.route("/", caseRoutes(site));
  pages.route("/", noticeRoutes(site));
  pages.route("/", talkRoutes(site));
  pages.route("/", actRoutes(site));
  pages.route("/", printRoutes(site));
  pages.route("/", referralRoutes(site));
  pages.route("/", peopleRoutes(site));
  pages.route("/", colleagueRoutes(site));
  pages.route("/", ownRoutes(site));
  pages.route("/", figureRoutes(site));
  pages.route("/", administrationRoutes(site));
  pages.get("/events", (context) =>
    streamChanges(context, site.changes.onChange, () => isStillSignedIn(site.pool, context)),
  );
  pages.all("*", (context) => showMissing(site, context, site.texts("notFound")));
  return pages;
}

const policy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  fontSrc: ["'self'"],
  // KERN's icons stand as data: in its style sheet.
  imgSrc: ["'self'", "data:"],
  connectSrc: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
};
