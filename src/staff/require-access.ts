import type { Context, MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import { berlinDay } from "../domain/berlin.ts";
import { codePattern } from "../domain/code.ts";
import { type CaseScope, may, sees } from "../domain/permission.ts";
import { readScope } from "../store/absence.ts";
import { readCaseOwners } from "../store/case-owners.ts";
import { type CasePart, recordReading } from "../store/readings.ts";
import type { StaffMember } from "../store/staff-sessions.ts";
import { access } from "./access.ts";
import type { StaffEnv } from "./guard.ts";
import { type StaffSite, showForbidden, showMissing } from "./site.ts";

/**
 * Lets a request pass where whoever asks may use the route by their roles, and see the case that its path names. Every
 * reading of a case is recorded before it leaves.
 */
export function requireAccess(site: StaffSite): MiddlewareHandler<StaffEnv> {
  return async (context, next) => {
    const routes = routesOf(context);
    const needs = routes.map((route) => access[route]);
    const { roles } = context.get("member");
    const permissions = needs.map((needed) => (typeof needed === "object" ? "cases" : needed));
    if (!permissions.every((one) => one !== undefined && may(roles, one))) return showForbidden(site, context);
    if (permissions.includes("cases")) context.set("scope", await scopeOf(site, context.get("member")));

    const place = routes.findIndex((_, index) => typeof needs[index] === "object");
    const needed = needs[place];
    if (typeof needed !== "object") return next();
    const code = codeIn(context, routes[place] ?? "");
    const found = codePattern.test(code) ? await readCaseOwners(site.pool, code) : undefined;
    if (!found) return showMissing(site, context, site.texts("notFound.case", { code }));
    if (!sees(context.get("scope"), found))
      return showForbidden(site, context, site.texts("forbidden.case"), await writtenIn(context));
    await next();
    if (isContent(context)) await record(site, context, found.id, needed.reads);
    return undefined;
  };
}

function scopeOf({ pool, place, now }: StaffSite, member: StaffMember): Promise<CaseScope> {
  return readScope(pool, member, { coordination: place.coordination, day: berlinDay(now().getTime()) });
}

/** The routes that answer a request, without what every request passes. */
function routesOf(context: Context): string[] {
  return matchedRoutes(context)
    .filter(({ method, path }) => !(method === "ALL" && /^(\/staff)?\/\*$/.test(path)))
    .map(({ method, path }) => `${method} ${path.replace(/^\/staff(?=\/|$)/, "") || "/"}`);
}

/** What was typed into a form of a case that went to another team meanwhile: its writer gets it back. */
async function writtenIn(context: Context): Promise<string> {
  if (context.req.method !== "POST") return "";
  const fields = await context.req.parseBody();
  const written = [fields.words, fields.reason, fields.text].filter(
    (field) => typeof field === "string" && field !== "",
  );
  return written.join("\n");
}

function codeIn(context: Context, route: string): string {
  const place = route.split("/").indexOf(":code");
  const parts = context.req.path.replace(/^\/staff/, "").split("/");
  try {
    return decodeURIComponent(parts[place] ?? "");
  } catch {
    return "";
  }
}

/** Whether the answer shows the case: also a form that comes back because of a mistake does. */
function isContent({ res }: Context): boolean {
  return res.status < 300 || res.status === 409 || res.status === 422;
}

async function record(site: StaffSite, context: Context<StaffEnv>, caseId: string, parts: CasePart[]): Promise<void> {
  if (parts.length === 0) return;
  await recordReading(site.pool, { caseId, by: context.get("member"), parts, at: site.now() });
}
