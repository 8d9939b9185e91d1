import { type Context, Hono } from "hono";
import { html } from "hono/html";
import { setAbsence } from "../store/absence.ts";
import { listStaff } from "../store/staff.ts";
import { endSessionsOf, listStaffSessions } from "../store/staff-sessions.ts";
import { readAbsenceForm } from "./absence-form.ts";
import { germanName } from "./german.ts";
import { hasToken, type StaffEnv } from "./guard.ts";
import { absenceForm } from "./page/absence-form.ts";
import { alert } from "./page/layout.ts";
import { pairs, section } from "./page/section.ts";
import { sessionList } from "./page/session-list.ts";
import { refuseChange, type StaffSite, show } from "./site.ts";
import type { FormBody } from "./staff-form.ts";

const done = ["absent", "back", "sessions"] as const;

/** What everybody who is signed in sees and changes of their own: absence with cover, and sessions. */
export function ownRoutes(site: StaffSite): Hono<StaffEnv> {
  const { texts, place, pool, keyring } = site;
  const routes = new Hono<StaffEnv>();

  const page = async (context: Context<StaffEnv>, wrong?: string[], entered?: FormBody) => {
    const { member, session, csrf } = context.var;
    const people = await listStaff(pool, keyring);
    const person = people.find(({ id }) => id === member.id);
    if (!person) throw new Error("whoever is signed in has no record");
    const sessions = await listStaffSessions(pool, member.id);
    const said = done.find((name) => name === context.req.query("done"));
    const team = place.teams[member.team ?? ""];
    const facts = [
      { label: texts("people.roles"), value: member.roles.map((role) => texts(`role.${role}`)).join(", ") },
      { label: texts("people.team"), value: team ? germanName(team.name) : texts("people.team.none") },
    ];
    const absence = { texts, csrf, action: "/staff/me/absence", person, people };
    const content = html`<h1 class="kern-heading-large">${member.name}</h1>
${said && alert("success", texts(`people.done.${said}`), undefined, true)}
${wrong && alert("danger", texts("people.wrong"), undefined, true)}
<div class="staff-narrow">
${section("me", texts("me.facts"), pairs(facts))}
${section("absence", texts("absence"), absenceForm({ ...absence, ...(wrong && { wrong }), ...(entered && { entered }) }))}
${section("sessions", texts("sessions"), sessionList({ texts, csrf, action: "/staff/me/sessions/end", sessions, own: session }))}
</div>`;
    return show(site, context, texts("me.page"), content, wrong ? 422 : 200);
  };

  routes.get("/me", (context) => page(context));
  routes.post("/me/absence", async (context) => {
    const { csrf, ...body } = await context.req.parseBody();
    if (!hasToken(context, csrf)) return refuseChange(site, context);
    const form = readAbsenceForm(body);
    if (form.type === "wrong") return page(context, form.fields, body);
    const result = await setAbsence(pool, context.get("member").id, form.absence);
    if (result.type === "wrong_cover") return page(context, ["cover"], body);
    return context.redirect(`/staff/me?done=${form.absence.from ? "absent" : "back"}`, 303);
  });
  routes.post("/me/sessions/end", async (context) => {
    const { csrf, session } = await context.req.parseBody();
    if (!hasToken(context, csrf)) return refuseChange(site, context);
    await endSessionsOf(pool, context.get("member").id, typeof session === "string" ? session : undefined);
    return context.redirect("/staff/me?done=sessions", 303);
  });
  return routes;
}
