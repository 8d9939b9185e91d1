import { Hono } from "hono";
import { z } from "zod";
import { staffIdOf } from "../store/colleagues.ts";
import { type StaffNotice, seeNotices, unseenNotices } from "../store/staff-notices.ts";
import type { StaffMember } from "../store/staff-sessions.ts";
import { actorOf } from "./actor.ts";
import { hasToken, type StaffEnv } from "./guard.ts";
import { refuseChange, type StaffSite } from "./site.ts";

const ids = z.array(z.uuid()).max(100);

/** Says that news were seen, by whoever is signed in. */
export function noticeRoutes(site: StaffSite): Hono<StaffEnv> {
  const routes = new Hono<StaffEnv>();
  routes.post("/notices/seen", async (context) => {
    const { csrf, notice = [] } = await context.req.parseBody({ all: true });
    if (!hasToken(context, csrf)) return refuseChange(site, context);
    const seen = ids.safeParse([notice].flat());
    const staffId = staffIdOf(actorOf(context.get("member")).id);
    // What is no id is nobody's notice: there is nothing to note.
    if (seen.success && staffId !== undefined) await seeNotices(site.pool, staffId, seen.data);
    return context.redirect("/staff/cases", 303);
  });
  return routes;
}

/** News that a member of staff has not seen yet. */
export async function readNotices(site: StaffSite, member: StaffMember): Promise<StaffNotice[]> {
  const staffId = staffIdOf(actorOf(member).id);
  return staffId === undefined ? [] : unseenNotices(site.pool, staffId);
}
