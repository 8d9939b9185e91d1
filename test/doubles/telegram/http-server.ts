import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { chatOf, execute } from "./api/index.ts";
import { ApiError } from "./api-error.ts";
import { runFaulty } from "./faults.ts";
import { readParams } from "./http-body.ts";
import type { World } from "./world.ts";

/** Runs a control verb with its arguments. */
export type RunVerb = (verb: string, args: Record<string, unknown>) => unknown;

/** Makes the server with both doors: `/bot<token>/<method>` for the bot, `/_control/<verb>` for tests. */
export function createDoubleServer(world: World, runVerb: RunVerb): Server {
  const server = createServer({ keepAliveTimeout: 60_000, noDelay: true }, (request, response) => {
    const path = (request.url ?? "").split("?", 1)[0] ?? "";
    const bot = /^\/bot([^/]+)\/(.+)$/.exec(path);
    const control = /^\/_control\/(\w+)$/.exec(path);
    if (bot) void answerBot(world, request, response, decodeURIComponent(bot[1] ?? ""), bot[2] ?? "");
    else if (control) void answerTest(runVerb, request, response, control[1] ?? "");
    else answerError(response, new ApiError(404, "Not Found"));
  });
  // A long poll or a `wait` may take longer than Node's five minutes.
  server.requestTimeout = 0;
  return server;
}

async function answerBot(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  token: string,
  name: string,
) {
  try {
    const params = await readParams(request);
    if (token !== world.options.token) throw unauthorized(token);
    const onClosed = (listener: () => void) => void response.once("close", listener);
    const call = () => execute(world, name, params, onClosed);
    const fault = world.faults.take(name.toLowerCase(), chatOf(world, params));
    const outcome = fault ? await runFaulty(fault, call) : { type: "answer" as const, result: await call() };
    if (world.options.latencyMs > 0) await sleep(world.options.latencyMs);
    if (outcome.type === "lost") response.socket?.resetAndDestroy();
    else answer(response, 200, { ok: true, result: outcome.result });
  } catch (error) {
    answerError(response, error);
  }
}

async function answerTest(runVerb: RunVerb, request: IncomingMessage, response: ServerResponse, verb: string) {
  try {
    const { fields } = await readParams(request);
    answer(response, 200, { ok: true, result: (await runVerb(verb, fields)) ?? null });
  } catch (error) {
    answer(response, 400, { ok: false, error: error instanceof Error ? error.message : String(error) });
  }
}

function unauthorized(token: string): ApiError {
  return new ApiError(401, /^[1-9]\d*:.+$/.test(token) ? "Unauthorized" : "Unauthorized: invalid token specified");
}

function answerError(response: ServerResponse, error: unknown): void {
  const refusal = error instanceof ApiError ? error : new ApiError(500, `Internal Server Error: ${error}`);
  const { code, message, parameters } = refusal;
  const retryAfter = parameters?.retry_after;
  const headers = retryAfter === undefined ? {} : { "retry-after": String(retryAfter) };
  answer(
    response,
    code,
    { ok: false, error_code: code, description: message, ...(parameters && { parameters }) },
    headers,
  );
}

function answer(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  if (response.destroyed) return;
  const json = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(json),
    ...headers,
  });
  response.end(json);
}
