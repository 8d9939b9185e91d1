import { type Context, Hono } from "hono";
import { setAbsence } from "../store/absence.ts";
import { changeStaff, endStaff, findStaff, listStaff, type StaffChange } from "../store/staff.ts";
import { endSessionsOf, listStaffSessions } from "../store/staff-sessions.ts";
import { readAbsenceForm } from "./absence-form.ts";
import { hasToken, type StaffEnv } from "./guard.ts";
import { type ColleagueView, colleaguePage, doneTexts } from "./page/colleague.ts";
import { sendLink } from "./send-link.ts";
import { refuseChange, type StaffSite, show, showMissing } from "./site.ts";
import { entriesOf, type FormBody, readStaffForm } from "./staff-form.ts";

type Given = Context<StaffEnv>;

/** One colleague: what is known of them, absence, sign-in, end. For administrators. */
export function colleagueRoutes(site: StaffSite): Hono<StaffEnv> {
  const { texts, place, pool, keyring } = site;
  const routes = new Hono<StaffEnv>();
  const missing = (context: Given) => showMissing(site, context, texts("notFound.person"));

  const page = async (context: Given, more: Partial<ColleagueView> = {}) => {
    const id = context.req.param("id") ?? "";
    const [person, people] = [await findStaff(pool, keyring, id), await listStaff(pool, keyring)];
    if (!person) return missing(context);
    const sessions = await listStaffSessions(pool, id);
    const done = doneTexts.find((name) => name === context.req.query("done"));
    const common = { texts, place, csrf: context.get("csrf"), person, people, sessions, entries: entriesOf(person) };
    const content = colleaguePage({ ...common, ...(done && { done }), ...more });
    return show(site, context, person.name, content, more.wrong || more.refused ? 422 : 200);
  };
  /** What was entered, where the form is one of ours. */
  const entered = async (context: Given): Promise<FormBody | undefined> => {
    const { csrf, ...body } = await context.req.parseBody({ all: true });
    return hasToken(context, csrf) ? body : undefined;
  };
  const after = (context: Given, result: StaffChange, done: (typeof doneTexts)[number]) => {
    if (result.type === "unknown") return missing(context);
    if (result.type === "last_administrator") return page(context, { refused: texts("people.last") });
    return context.redirect(`/staff/people/${context.req.param("id")}?done=${done}`, 303);
  };

  routes.get("/people/:id", (context) => page(context));
  routes.post("/people/:id", async (context) => {
    const body = await entered(context);
    if (!body) return refuseChange(site, context);
    const entry = readStaffForm(body, Object.keys(place.teams));
    if (entry.type === "wrong") return page(context, { wrong: entry.fields, entries: entry.entries });
    return after(context, await changeStaff(pool, keyring, context.req.param("id"), entry.details), "changed");
  });

  routes.post("/people/:id/absence", async (context) => {
    const body = await entered(context);
    if (!body) return refuseChange(site, context);
    const form = readAbsenceForm(body);
    if (form.type === "wrong") return page(context, { wrong: form.fields, absence: body });
    const result = await setAbsence(pool, context.req.param("id"), form.absence);
    if (result.type === "wrong_cover") return page(context, { wrong: ["cover"], absence: body });
    return after(context, result, form.absence.from ? "absent" : "back");
  });

  routes.post("/people/:id/link", async (context) => {
    if (!(await entered(context))) return refuseChange(site, context);
    const person = await findStaff(pool, keyring, context.req.param("id"));
    const sent = person ? await sendLink(site, person) : { type: "unknown" as const };
    if (sent.type === "unknown") return missing(context);
    // A link is a key: it is shown in the answer to the press, and stands in no address that is kept.
    return sent.type === "mailed" ? after(context, { type: "done" }, "mailed") : page(context, { link: sent });
  });

  routes.post("/people/:id/sessions/end", async (context) => {
    const body = await entered(context);
    if (!body) return refuseChange(site, context);
    const session = typeof body.session === "string" ? body.session : undefined;
    await endSessionsOf(pool, context.req.param("id"), session);
    return after(context, { type: "done" }, "sessions");
  });

  routes.post("/people/:id/end", async (context) => {
    const body = await entered(context);
    if (!body) return refuseChange(site, context);
    if (body.sure === undefined) return page(context, { refused: texts("people.end.unsure") });
    return after(context, await endStaff(pool, context.req.param("id")), "ended");
  });
  return routes;
}
