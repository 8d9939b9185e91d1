import { type Context, Hono } from "hono";
import { html } from "hono/html";
import type { StaffDetails } from "../domain/staff.ts";
import { hasAdministrator } from "../store/staff.ts";
import { useFirstLink } from "../store/staff-sessions.ts";
import { addressOf, BadTokens } from "./bad-tokens.ts";
import { deviceOf } from "./device.ts";
import { giveSession } from "./guard.ts";
import { button } from "./page/fields.ts";
import { alert } from "./page/layout.ts";
import { needLinkPage } from "./page/sign-in.ts";
import { staffFields } from "./page/staff-form.ts";
import { type StaffSite, show } from "./site.ts";
import { entriesOf, readStaffForm, type StaffEntries } from "./staff-form.ts";

/** Makes the first administrator by the link that the start prints while there is none. Open to everybody with it. */
export function firstRoutes(site: StaffSite): Hono {
  const { texts, place, pool, keyring } = site;
  const teams = Object.keys(place.teams);
  const badTokens = new BadTokens();
  const routes = new Hono();
  const blank = entriesOf({
    ...{ name: "", showName: false, email: null, employer: null, languages: [], share: 100 },
    // Where one person begins, they also work on cases.
    ...{ team: place.coordination, roles: ["administrator", "case_manager"] },
  });

  const page = (context: Context, token: string, entries: StaffEntries, wrong: (keyof StaffDetails)[] = []) => {
    const content = html`<div class="staff-narrow"><h1 class="kern-heading-large">${texts("first.page")}</h1>
<p class="kern-body">${texts("first.intro")}</p>
${wrong.length > 0 && alert("danger", texts("people.wrong"), undefined, true)}
<form class="staff-entry" method="post" action="/staff/first"><input type="hidden" name="token" value="${token}">
${staffFields(site, entries, wrong)}${button(texts("first.button"))}</form></div>`;
    return show(site, context, texts("first.page"), content, wrong.length > 0 ? 422 : 200);
  };
  const used = (context: Context) => show(site, context, texts("signIn.page"), needLinkPage(texts, "used"), 410);

  routes.get("/first", async (context) => {
    const token = context.req.query("token");
    return token && !(await hasAdministrator(pool)) ? page(context, token, blank) : used(context);
  });
  routes.post("/first", async (context) => {
    const { token, ...body } = await context.req.parseBody({ all: true });
    const [address, now] = [addressOf(context), site.now().getTime()];
    if (!badTokens.mayTry(address, now)) {
      return show(site, context, texts("signIn.page"), needLinkPage(texts, "tooMany"), 429);
    }
    if (typeof token !== "string") return used(context);
    const entry = readStaffForm(body, teams);
    if (entry.type === "wrong") return page(context, token, entry.entries, entry.fields);
    // Whoever begins must be able to go on: without the role the next start would ask again.
    if (!entry.details.roles.includes("administrator")) {
      return page(context, token, entriesOf(entry.details), ["roles"]);
    }
    const session = await useFirstLink(pool, keyring, token, entry.details, deviceOf(context));
    if (session === undefined) {
      badTokens.note(address, now);
      return used(context);
    }
    giveSession(context, session, site.publicUrl.startsWith("https:"));
    return context.redirect("/staff", 303);
  });
  return routes;
}
