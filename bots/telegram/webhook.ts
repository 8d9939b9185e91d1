import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Accept } from "./accept.ts";

/** Where Telegram posts to, below the public address. */
export const webhookPath = "/telegram/webhook";

const mostBytes = 1_000_000;

/** Makes the handler of Telegram's POSTs. `accept` is undefined while the bot is stopped: Telegram tries again later. */
export function createWebhook(secret: string, accept: () => Accept | undefined) {
  const expected = Buffer.from(secret);
  return (request: IncomingMessage, response: ServerResponse): void => {
    const { method, headers } = request;
    if (method !== "POST") end(response, 405);
    else if (!isSame(headers["x-telegram-bot-api-secret-token"], expected)) end(response, 401);
    else collect(request, (body) => (body ? take(body, accept(), response) : end(response, 413)));
  };
}

/** Reads a body; undefined when it is too long. */
function collect(request: IncomingMessage, done: (body: Buffer | undefined) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  request.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size <= mostBytes) chunks.push(chunk);
  });
  request.on("end", () => done(size <= mostBytes ? Buffer.concat(chunks) : undefined));
}

function take(body: Buffer, accept: Accept | undefined, response: ServerResponse): void {
  const update = parse(body);
  if (update === undefined) end(response, 400);
  else if (!accept) end(response, 503);
  else
    accept(update).then(
      // A call in the body saves a round trip; its outcome does not matter.
      (answer) => end(response, 200, answer && { method: "answerCallbackQuery", ...answer }),
      // Whoever receives has logged why.
      () => end(response, 500),
    );
}

function isSame(given: string | string[] | undefined, expected: Buffer): boolean {
  const found = Buffer.from(typeof given === "string" ? given : "");
  // The comparison needs equal lengths; the length is no secret.
  return found.length === expected.length && timingSafeEqual(found, expected);
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function end(response: ServerResponse, status: number, call?: object): void {
  if (!call) {
    response.writeHead(status, { "content-length": 0 }).end();
    return;
  }
  const body = JSON.stringify(call);
  response
    .writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(body) })
    .end(body);
}
