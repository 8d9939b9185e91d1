import { type Context, Hono } from "hono";
import { html } from "hono/html";
import { berlinDay } from "../domain/berlin.ts";
import type { StaffDetails } from "../domain/staff.ts";
import { addStaff, listStaff } from "../store/staff.ts";
import { hasToken, type StaffEnv } from "./guard.ts";
import { button, form } from "./page/fields.ts";
import { alert } from "./page/layout.ts";
import { peopleList } from "./page/people-list.ts";
import { staffFields } from "./page/staff-form.ts";
import { back, refuseChange, type StaffSite, show } from "./site.ts";
import { entriesOf, readStaffForm, type StaffEntries } from "./staff-form.ts";

/** The list of colleagues, and a new one. For administrators. */
export function peopleRoutes(site: StaffSite): Hono<StaffEnv> {
  const { texts, place, pool, keyring } = site;
  const routes = new Hono<StaffEnv>();

  routes.get("/people", async (context) => {
    const people = await listStaff(pool, keyring);
    const content = html`<div class="staff-title"><h1 class="kern-heading-large">${texts("people.page")}</h1>
<a class="kern-btn kern-btn--primary" href="/staff/people/new"><span class="kern-label">${texts("people.add")}</span></a></div>
${peopleList({ texts, place, people, day: berlinDay(site.now().getTime()) })}`;
    return show(site, context, texts("people.page"), content);
  });

  const newPage = (context: Context<StaffEnv>, entries: StaffEntries, wrong: (keyof StaffDetails)[] = []) => {
    const fields = html`${staffFields(site, entries, wrong)}${button(texts("people.add"))}`;
    const content = html`${back("/staff/people", texts("people.page"))}<div class="staff-narrow">
<h1 class="kern-heading-large">${texts("people.new")}</h1>
${wrong.length > 0 && alert("danger", texts("people.wrong"), undefined, true)}
${form("/staff/people/new", context.get("csrf"), fields)}</div>`;
    return show(site, context, texts("people.new"), content, wrong.length > 0 ? 422 : 200);
  };
  routes.get("/people/new", (context) => newPage(context, blank));
  routes.post("/people/new", async (context) => {
    const { csrf, ...body } = await context.req.parseBody({ all: true });
    if (!hasToken(context, csrf)) return refuseChange(site, context);
    const entry = readStaffForm(body, Object.keys(place.teams));
    if (entry.type === "wrong") return newPage(context, entry.entries, entry.fields);
    const id = await addStaff(pool, keyring, entry.details);
    return context.redirect(`/staff/people/${id}?done=added`, 303);
  });
  return routes;
}

const blank = entriesOf({
  ...{ name: "", showName: false, email: null, employer: null, team: null, languages: [], share: 100 },
  roles: ["case_manager"],
});
