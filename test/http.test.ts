import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createHttpServer, type HttpServer } from "../src/http.ts";

let server: HttpServer;
let base: string;
let logged: unknown[];

beforeEach(async () => {
  logged = [];
  const app = new Hono();
  app.get("/hello", (context) => context.text("hello"));
  app.post("/echo", async (context) => context.text(await context.req.text()));
  app.get("/broken", () => {
    throw new Error("marked word");
  });
  app.get("/events", (context) =>
    streamSSE(context, async (stream) => {
      await stream.writeSSE({ data: "first" });
      await new Promise(() => {});
    }),
  );
  const logError = (cause: unknown) => {
    logged.push(cause);
    return "id-1";
  };
  server = createHttpServer({ app, logError, maxBody: 100 });
  server.mount("/raw", async (request, response) => {
    response.end(`raw ${request.method} ${await text(request)}`);
  });
  base = `http://127.0.0.1:${await server.listen(0, "127.0.0.1")}`;
});

afterEach(() => server.close());

const post = (path: string, body: string | ReadableStream, more: object = {}) =>
  fetch(base + path, { method: "POST", body, ...more });

test("hands exactly the mounted path to its handler and the rest to the app", async () => {
  expect(await (await post("/raw?x=1", "body")).text()).toBe("raw POST body");
  expect((await fetch(`${base}/raw/more`)).status).toBe(404);
  expect(await (await fetch(`${base}/hello`)).text()).toBe("hello");
});

test("refuses bodies over the limit, with and without a length", async () => {
  const long = "x".repeat(101);
  const stream = () => new Blob([long]).stream();
  expect((await post("/raw", long)).status).toBe(413);
  expect((await post("/raw", stream(), { duplex: "half" })).status).toBe(411);
  expect((await post("/echo", long)).status).toBe(413);
  expect((await post("/echo", stream(), { duplex: "half" })).status).toBe(413);
  expect(await (await post("/echo", "short")).text()).toBe("short");
});

test("answers a failure with its id only", async () => {
  const response = await fetch(`${base}/broken`);
  expect(response.status).toBe(500);
  expect(await response.text()).toBe("Something went wrong here (id-1).");
  expect(logged).toHaveLength(1);
});

test("says that it lives", async () => {
  expect((await fetch(`${base}/health`)).status).toBe(200);
});

test("says what is ready, what is not, and why", async () => {
  server.readiness.add("database", async () => undefined);
  expect((await fetch(`${base}/ready`)).status).toBe(200);
  server.readiness.add("telegram", async () => "the token was refused");
  server.readiness.add("other", async () => {
    throw new Error("marked word");
  });
  const response = await fetch(`${base}/ready`);
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({
    ready: false,
    checks: {
      database: { ok: true },
      telegram: { ok: false, why: "the token was refused" },
      other: { ok: false, why: "failed" },
    },
  });
});

test("is not ready while a check gives no answer", async () => {
  server.readiness.add("database", () => new Promise(() => {}));
  expect(await (await fetch(`${base}/ready`)).json()).toMatchObject({
    checks: { database: { ok: false, why: "no answer in time" } },
  });
});

test("says what to do when the port is taken", async () => {
  const second = createHttpServer({ app: new Hono(), logError: () => "" });
  const port = Number(new URL(base).port);
  await expect(second.listen(port, "127.0.0.1")).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is used by another program. Stop it, or set PORT to another number.`,
  );
  await expect(second.listen(0, "192.0.2.1")).rejects.toThrow("192.0.2.1 is not an address of this machine.");
});

test("closes although connections are open and event streams run", async () => {
  await (await fetch(`${base}/hello`)).text();
  const idle = connect(Number(new URL(base).port), "127.0.0.1");
  const events = await fetch(`${base}/events`);
  const reader = events.body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("data: first\n\n");
  // The test's own limit is far above; the second of grace is all that may pass.
  await server.close();
  await expect(reader?.read()).rejects.toThrow();
  await expect(fetch(`${base}/hello`)).rejects.toThrow();
  idle.destroy();
});
