import { GrammyError } from "grammy";
import { expect, test } from "vitest";
import { explain, toSendError } from "../../../bots/telegram/failure.ts";

const refused = (error_code: number, description: string, parameters = {}) =>
  new GrammyError("call failed", { ok: false, error_code, description, parameters }, "sendMessage", { text: "secret" });

test.each([
  ["unreachable", refused(500, "Internal Server Error")],
  ["unreachable", refused(502, "Bad Gateway")],
  ["unreachable", new Error("connect ECONNREFUSED")],
  ["misconfigured", refused(401, "Unauthorized")],
  ["misconfigured", refused(404, "Not Found")],
  ["stopped", refused(403, "Forbidden: bot was blocked by the user")],
  ["stopped", refused(403, "Forbidden: user is deactivated")],
  ["stopped", refused(403, "Forbidden: bot can't initiate conversation with a user")],
  ["stopped", refused(400, "Bad Request: chat not found")],
  ["stopped", refused(400, "Bad Request: PEER_ID_INVALID")],
  ["rejected", refused(400, "Bad Request: message is too long")],
  ["rejected", refused(413, "Request Entity Too Large")],
])("calls a message to a person %s: %s", (failure, cause) => {
  expect(toSendError(cause, "1001")).toMatchObject({ failure, retryAfter: undefined });
});

test.each([
  ["unreachable", refused(403, "Forbidden: bot was kicked from the supergroup chat")],
  ["unreachable", refused(400, "Bad Request: chat not found")],
  ["unreachable", refused(400, "Bad Request: not enough rights to send text messages to the chat")],
  ["rejected", refused(400, "Bad Request: message is too long")],
  ["misconfigured", refused(401, "Unauthorized")],
])("calls a card for a group %s: %s", (failure, cause) => {
  expect(toSendError(cause, "-1001234567890").failure).toBe(failure);
});

test("passes on how long Telegram wants a pause", () => {
  const error = toSendError(refused(429, "Too Many Requests: retry after 7", { retry_after: 7 }), "1001");
  expect(error).toMatchObject({ failure: "throttled", retryAfter: 7 });
});

test("keeps what Telegram quotes and what was sent out of the error", () => {
  const cause = refused(400, `Bad Request: can't parse entities: Unsupported start tag "my 'own' words" at byte 3`);
  const error = toSendError(cause, "1001");
  expect(error.message).toBe("400 Bad Request: can't parse entities: Unsupported start tag …");
  expect(error.cause).toBeUndefined();
});

test.each([
  [refused(401, "Unauthorized"), /TELEGRAM_BOT_TOKEN/],
  [refused(404, "Not Found"), /TELEGRAM_BOT_TOKEN/],
  [refused(409, "Conflict: terminated by other getUpdates request"), /another program polls/],
  [refused(409, "Conflict: can't use getUpdates method while webhook is active"), /set a webhook/],
  [refused(400, "Bad Request: bad webhook: HTTPS url must be provided for webhook"), /HTTPS url must be provided/],
  [new Error("getaddrinfo ENOTFOUND"), /does not answer/],
])("explains to an administrator: %s", (cause, words) => {
  expect(explain(cause)).toMatch(words);
});
