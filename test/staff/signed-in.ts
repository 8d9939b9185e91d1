import type { Hono } from "hono";
import type { Pool } from "pg";
import { linkFor } from "./stage.ts";

/** A browser of somebody who is signed in. */
export interface SignedIn {
  get(path: string): Promise<{ status: number; page: string; location: string | null }>;
  /** Sends fields with the value that forms of this session carry. */
  post(path: string, fields: Record<string, string>): ReturnType<SignedIn["get"]>;
}

const own = { "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded" };

/** Signs somebody in at the pages that `app` has below `/staff`. */
export async function signIn(app: Hono, pool: Pool, name: string): Promise<SignedIn> {
  const ask = async (path: string, init: RequestInit) => {
    const answer = await app.request(path, init);
    return { status: answer.status, page: await answer.text(), location: answer.headers.get("location"), answer };
  };
  const link = new URL(await linkFor(pool, name), "http://localhost");
  const token = link.searchParams.get("token") ?? "";
  const { answer } = await ask("/staff/sign-in", {
    method: "POST",
    body: new URLSearchParams({ token }).toString(),
    headers: own,
  });
  const headers = { ...own, cookie: answer.headers.get("set-cookie")?.split(";")[0] ?? "" };
  const csrf = (await ask("/staff/cases", { headers })).page.match(/name="csrf" value="([^"]+)"/)?.[1] ?? "";
  return {
    get: (path) => ask(path, { headers }),
    post: (path, fields) =>
      ask(path, { method: "POST", body: new URLSearchParams({ csrf, ...fields }).toString(), headers }),
  };
}
