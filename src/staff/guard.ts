import { createHash, timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Pool } from "pg";
import type { CaseScope } from "../domain/permission.ts";
import { findStaffSession, type StaffMember, sessionSeconds } from "../store/staff-sessions.ts";

/**
 * What every page behind the sign-in knows: who reads it, in which session, what its forms carry; and where it is about
 * cases, which of them they see.
 */
export type StaffEnv = { Variables: { member: StaffMember; session: string; csrf: string; scope: CaseScope } };

const cookie = "lotse_staff";

/** Signs a browser in: gives it the token of its session. */
export function giveSession(context: Context, token: string, secure: boolean): void {
  setCookie(context, cookie, token, {
    httpOnly: true,
    sameSite: "Strict",
    secure,
    path: "/staff",
    maxAge: sessionSeconds,
  });
}

/** Takes the token from a browser and returns it. */
export function takeSession(context: Context): string | undefined {
  return deleteCookie(context, cookie, { path: "/staff" });
}

/** Lets only signed-in staff pass; `refuse` answers everybody else. What the page asks for by itself does not extend the session. */
export function requireSession(
  pool: Pool,
  secure: boolean,
  refuse: (context: Context) => Response | Promise<Response>,
): MiddlewareHandler<StaffEnv> {
  return async (context, next) => {
    const token = getCookie(context, cookie);
    const byItself = context.req.header("x-live") !== undefined || context.req.path.endsWith("/events");
    const session = token === undefined ? undefined : await findStaffSession(pool, token, !byItself);
    if (!token || !session) return comesFromElsewhere(context) ? askAgain() : refuse(context);
    context.set("member", session.member);
    context.set("session", session.session);
    context.set("csrf", csrfOf(token));
    if (session.extended) giveSession(context, token, secure);
    return next();
  };
}

/** Whether the session of a request still lasts: of what stays open for long. */
export async function isStillSignedIn(pool: Pool, context: Context): Promise<boolean> {
  const token = getCookie(context, cookie);
  return token !== undefined && (await findStaffSession(pool, token, false)) !== undefined;
}

/** Lets a change pass only if it comes from our own page, by where the browser says it comes from. */
export function requireSameOrigin(
  publicUrl: string,
  refuse: (context: Context) => Response | Promise<Response>,
): MiddlewareHandler {
  const publicOrigin = new URL(publicUrl).origin;
  return async (context, next) => {
    if (context.req.method === "GET" || context.req.method === "HEAD") return next();
    const site = context.req.header("sec-fetch-site");
    const origin = context.req.header("origin");
    // Browsers tell the site only on https and on this machine; elsewhere the origin must do.
    const own = site === undefined ? isOwn(origin, publicOrigin, context.req.header("host")) : site === "same-origin";
    return own ? next() : refuse(context);
  };
}

/** Whether a form carries the value that only pages of this session have. */
export function hasToken(context: Context<StaffEnv>, given: unknown): boolean {
  const expected = Buffer.from(context.get("csrf"));
  const actual = Buffer.from(typeof given === "string" ? given : "");
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

function csrfOf(token: string): string {
  return createHash("sha256").update(`csrf:${token}`).digest("base64url");
}

function isOwn(origin: string | undefined, publicOrigin: string, host: string | undefined): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  return origin === publicOrigin || new URL(origin).host === host;
}

/**
 * A link in a messenger's web page leads here from another site, and a strict cookie stays at home: the page asks once
 * more, now from itself.
 */
function comesFromElsewhere(context: Context): boolean {
  const { method } = context.req;
  const site = context.req.header("sec-fetch-site");
  return method === "GET" && (site === "cross-site" || site === "same-site");
}

function askAgain(): Response {
  return new Response(`<!doctype html><html lang="de"><title>Lotse</title><meta http-equiv="refresh" content="0">`, {
    status: 401,
    headers: { "content-type": "text/html; charset=utf-8" },
  });
}
