import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { toAddress } from "../../../bots/web/address.ts";
import type { Pulled } from "../../../bots/web/wire.ts";
import { rendered } from "../contract.ts";
import { type Service, startService } from "./service.ts";

const id = "3f2c8a54-9d1e-4b7a-8c6f-0123456789ab";
let service: Service;
let broken: boolean;

beforeEach(async () => {
  broken = false;
  service = await startService((message, reply) => {
    if (broken) throw new Error("the database is away");
    reply(rendered(`Hello ${message.content.type}`));
    return { notice: "noted" };
  });
});
afterEach(() => service.stop());

const post = (body: unknown, headers: Record<string, string> = {}, path = "/chat/messages") =>
  fetch(service.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
const cookieOf = (response: Response) => response.headers.getSetCookie()[0]?.split(";")[0] ?? "";

test("gives a cookie with the first message only, and only to be sent back here", async () => {
  expect((await fetch(service.url)).headers.getSetCookie()).toEqual([]);
  expect((await fetch(`${service.url}/chat/messages`)).headers.getSetCookie()).toEqual([]);
  const response = await post({ id, type: "start" });
  expect(await response.json()).toEqual({ notice: "noted" });
  const [cookie = ""] = response.headers.getSetCookie();
  expect(toAddress(/^lotse_chat=([^;]+)/.exec(cookie)?.[1])).toBe(service.received[0]?.address);
  expect(cookie).toMatch(/; Max-Age=7776000;.* HttpOnly; SameSite=Strict$/);
});

test("gives a cookie for https only where the chat is reached by https", async () => {
  const secure = await startService(() => ({}), { publicUrl: "https://chat.example.org" });
  const response = await fetch(`${secure.url}/chat/messages`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ id, type: "start" }),
  });
  expect(response.headers.getSetCookie()[0]).toContain("; Secure");
  await secure.stop();
});

test("gives what waits to the one who has the cookie, until it is confirmed", async () => {
  const cookie = cookieOf(await post({ id, type: "start" }));
  const get = async (query = "", headers: Record<string, string> = { cookie }) =>
    (await fetch(`${service.url}/chat/messages${query}`, { headers })).json() as Promise<Pulled>;
  const first = await get();
  expect(first).toMatchObject({ last: 1, messages: [{ n: 1, text: "Hello start" }] });
  expect(await get()).toEqual(first);
  expect(await get(`?chat=${first.chat}&after=1`)).toEqual({ chat: first.chat, messages: [], last: 1 });
  expect(await get()).toMatchObject({ messages: [] });
  expect(await get("", {})).toEqual({ chat: "", messages: [], last: 0 });
});

test("takes a message again under the same id when its answer was lost, cookie and all", async () => {
  const cookie = cookieOf(await post({ id, type: "start" }));
  await post({ id, type: "start" }, { cookie });
  await post({ id, type: "start" });
  expect(new Set(service.received.map((message) => message.id)).size).toBe(2);
  const [first, again, without] = service.received;
  expect(again).toMatchObject({ id: first?.id, address: first?.address });
  expect(without?.address).not.toBe(first?.address);
});

test("asks the page to try again when a message could not be taken, from the same address", async () => {
  broken = true;
  const failed = await post({ id, type: "start" });
  expect([failed.status, failed.headers.get("retry-after")]).toEqual([503, "2"]);
  expect(await failed.json()).toMatchObject({ error: "unavailable" });
  expect(service.failures).toHaveLength(1);
  broken = false;
  const again = await post({ id, type: "start" }, { cookie: cookieOf(failed) });
  expect(again.status).toBe(200);
  expect(service.received[0]).toMatchObject({ id: service.received[1]?.id });
});

test.each([
  ["no JSON", "{", {}, 400, { error: "invalid", wrong: [""] }],
  ["wrong fields", { id: "x", type: "words", text: "" }, {}, 400, { error: "invalid", wrong: ["id", "text"] }],
  ["too much", { id, type: "words", text: "я".repeat(8_000) }, {}, 413, { error: "tooLong" }],
  ["a form of another page", { id, type: "start" }, { "content-type": "text/plain" }, 403, { error: "foreign" }],
  ["a script of another page", { id, type: "start" }, { "sec-fetch-site": "cross-site" }, 403, { error: "foreign" }],
])("refuses %s", async (_, body, headers, status, answer) => {
  const response = await post(body, headers as Record<string, string>);
  expect(response.status).toBe(status);
  expect(await response.json()).toEqual(answer);
  expect(response.headers.getSetCookie()).toEqual([]);
  expect(service.received).toEqual([]);
});

test("slows down one browser that floods, and nobody else", async () => {
  const cookie = cookieOf(await post({ id, type: "start" }));
  const answers = [];
  for (let i = 0; i < 40; i++) answers.push(await post({ id, type: "words", text: `${i}` }, { cookie }));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(0);
  expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await post({ id, type: "start" })).status).toBe(200);
});

test("hints that something is there, and ends when the chat stops", async () => {
  expect((await fetch(`${service.url}/chat/events`)).status).toBe(204);
  const cookie = cookieOf(await post({ id, type: "start" }));
  const response = await fetch(`${service.url}/chat/events`, { headers: { cookie } });
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  let heard = "";
  const listen = async () => {
    for await (const chunk of response.body ?? []) heard += Buffer.from(chunk).toString();
  };
  const ended = listen().catch(() => "broken");
  await expect.poll(() => heard).toBe("retry: 3000\nevent: hint\ndata:\n\n");
  await service.say(service.received[0]?.address ?? "", rendered("secret words"));
  await expect.poll(() => heard.match(/event: hint/g)?.length).toBe(2);
  expect(heard).not.toContain("secret");
  await service.bot.stop();
  expect(await ended).toBeUndefined();
});

test("forgets the browser when asked", async () => {
  const cookie = cookieOf(await post({ id, type: "start" }));
  const response = await post("{}", { cookie }, "/chat/leave");
  expect(response.headers.getSetCookie()[0]).toMatch(/^lotse_chat=; Max-Age=0/);
  expect((await post("{}", { cookie, "sec-fetch-site": "cross-site" }, "/chat/leave")).status).toBe(403);
});

test("serves the page in the browser's language, with its direction", async () => {
  const page = async (language: string, query = "") =>
    (await fetch(service.url + query, { headers: { "accept-language": language } })).text();
  expect(await page("ar")).toMatch(/<html lang="ar" dir="rtl">/);
  expect(await page("fr")).toMatch(/<html lang="de" dir="ltr">/);
  expect(await page("fr", "/?lang=tr")).toMatch(/<html lang="tr" dir="ltr">/);
  expect(await page("en")).toContain("<p>Kreis Paderborn</p>");
  expect(await page("en")).not.toMatch(/\{\{|web\.[a-z.]+</);
});

test("keeps foreign content out and the page out of caches and frames", async () => {
  const { headers } = await fetch(service.url);
  const policy = headers.get("content-security-policy");
  for (const part of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"])
    expect(policy).toContain(part);
  expect(policy).not.toContain("unsafe");
  expect(headers.get("cache-control")).toBe("no-store");
  expect(headers.get("referrer-policy")).toBe("no-referrer");
});

test("makes text of the settings harmless in the page", async () => {
  const odd = await startService(() => ({}), { place: `<img src=x>"&'` });
  expect(await (await fetch(odd.url)).text()).toContain("<p>&lt;img src=x&gt;&quot;&amp;&#39;</p>");
  await odd.stop();
});

test("lets browsers keep the files of this version for good, and of no other", async () => {
  const [file = ""] = /\/chat\/files\/[\w-]+\/chat\.css/.exec(await (await fetch(service.url)).text()) ?? [];
  const response = await fetch(service.url + file);
  expect(response.headers.get("cache-control")).toContain("immutable");
  const etag = response.headers.get("etag") ?? "";
  expect((await fetch(service.url + file, { headers: { "if-none-match": etag } })).status).toBe(304);
  const other = await fetch(service.url + file.replace(/files\/[\w-]+/, "files/older"));
  expect([other.status, other.headers.get("cache-control")]).toEqual([200, "no-cache"]);
  expect((await fetch(service.url + file.replace("chat.css", "..%2findex.ts"))).status).toBe(404);
});

test("needs less than 60 kB over the wire for page, scripts and styles together", async () => {
  const headers = { "accept-encoding": "gzip", "accept-language": "ar" };
  // Node's fetch unpacks: only a raw request shows what went over the wire.
  const size = async (path: string) => {
    const response = await service.bot.routes.request(path, { headers });
    const body = Buffer.from(await response.arrayBuffer());
    expect(response.headers.get("content-encoding")).toBe("gzip");
    return { wire: body.length, text: gunzipSync(body).toString() };
  };
  const page = await size("/");
  const files = new Set(page.text.match(/\/chat\/files\/[\w-]+\/[\w-]+\.(js|css|svg)/g));
  let total = page.wire;
  for (const file of files) total += (await size(file)).wire;
  expect(files.size).toBeGreaterThan(10);
  expect(total).toBeLessThan(60_000);
});
