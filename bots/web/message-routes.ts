import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Receive } from "../../src/domain/channel.ts";
import type { RenderedMessage } from "../../src/domain/prompt.ts";
import { cookieAge, cookieName, newAddress, toAddress, toTag } from "./address.ts";
import type { EventStreams } from "./events.ts";
import { type Refusal, toAnswer } from "./failure.ts";
import { guardHeaders } from "./headers.ts";
import { toIncoming } from "./incoming.ts";
import { toCursor, toPulled } from "./outgoing.ts";
import { RateLimit } from "./rate.ts";
import { remoteAddress } from "./remote.ts";

/** Gives what waits for an address after a number, in order, and forgets what is not after it. */
export type Pull = (address: string, after: number) => Promise<{ n: number; message: RenderedMessage }[]>;

interface Parts {
  receive: Receive;
  pull: Pull;
  events: EventStreams;
  /** Whether the cookie is for https only. */
  secure: boolean;
  logFailure: (cause: unknown, what: string) => void;
  now: () => number;
}

const maxBody = 16_000;

/** Takes and gives the messages: `/chat/messages`, `/chat/events`, and `/chat/leave`, which forgets the browser. */
export function messageRoutes({ receive, pull, events, secure, logFailure, now }: Parts): Hono {
  const app = new Hono();
  // A person taps fast at most; a shelter's network has hundreds of people behind one address.
  const posts = new RateLimit({ burst: 30, perSecond: 2 }, now);
  const pulls = new RateLimit({ burst: 60, perSecond: 4 }, now);
  const fromNetwork = new RateLimit({ burst: 600, perSecond: 20 }, now);
  const newcomers = new RateLimit({ burst: 100, perSecond: 0.2 }, now);
  const cookie = { httpOnly: true, sameSite: "Strict", secure, path: "/" } as const;
  const addressIn = (context: Context) => toAddress(getCookie(context, cookieName));

  /** Seconds to wait, or 0. */
  const hurry = (context: Context, address: string | undefined, own: RateLimit) => {
    const network = remoteAddress(context);
    return Math.max(
      network ? fromNetwork.take(network) : 0,
      network && !address ? newcomers.take(network) : 0,
      address ? own.take(address) : 0,
    );
  };

  app.use("/chat/messages", guardHeaders);
  app.use("/chat/events", guardHeaders);

  const limit = bodyLimit({ maxSize: maxBody, onError: (context) => refuse(context, { error: "tooLong" }) });
  app.post("/chat/messages", limit, async (context) => {
    if (isForeign(context)) return refuse(context, { error: "foreign" });
    const known = addressIn(context);
    const retryAfter = hurry(context, known, posts);
    if (retryAfter > 0) return refuse(context, { error: "tooMany", retryAfter });
    const address = known ?? newAddress();
    const message = toIncoming(await context.req.json().catch(() => undefined), address, now());
    if ("wrong" in message) return refuse(context, { error: "invalid", ...message });
    // Also when it fails: the page's next try then comes from the same address.
    setCookie(context, cookieName, address, { ...cookie, maxAge: cookieAge });
    try {
      return context.json(await receive(message));
    } catch (cause) {
      logFailure(cause, "receiving a message of the web chat");
      return refuse(context, { error: "unavailable", retryAfter: 2 });
    }
  });

  app.get("/chat/messages", async (context) => {
    const address = addressIn(context);
    if (!address) return context.json(toPulled("", 0, []));
    const retryAfter = hurry(context, address, pulls);
    if (retryAfter > 0) return refuse(context, { error: "tooMany", retryAfter });
    const chat = toTag(address);
    const after = toCursor(chat, { after: context.req.query("after"), chat: context.req.query("chat") });
    try {
      return context.json(toPulled(chat, after, await pull(address, after)));
    } catch (cause) {
      logFailure(cause, "reading the messages of the web chat");
      return refuse(context, { error: "unavailable", retryAfter: 2 });
    }
  });

  app.get("/chat/events", (context) => {
    const address = addressIn(context);
    // 204 is how an event source is told not to come again.
    return address ? events.open(context, address) : context.body(null, 204);
  });

  app.post("/chat/leave", guardHeaders, (context) => {
    if (isForeign(context)) return refuse(context, { error: "foreign" });
    deleteCookie(context, cookieName, cookie);
    return context.body(null, 204);
  });
  return app;
}

/** Tells a request that a page elsewhere makes in the person's name, besides what SameSite keeps out. */
function isForeign(context: Context): boolean {
  const site = context.req.header("sec-fetch-site") ?? "same-origin";
  // Only with this type does a browser ask first before it sends across origins.
  return site !== "same-origin" || !context.req.header("content-type")?.startsWith("application/json");
}

function refuse(context: Context, refusal: Refusal): Response {
  const { status, headers } = toAnswer(refusal);
  for (const [name, value] of Object.entries(headers)) context.header(name, value);
  return context.json(refusal, status);
}
