import { GrammyError } from "grammy";
import { SendError, type SendFailure } from "../../src/domain/channel.ts";
import { isRoom } from "./rooms.ts";

// The first three are said of people, the others of groups.
const unreachableChat =
  /deactivated|PEER_ID_INVALID|chat not found|not enough rights|CHAT_WRITE_FORBIDDEN|was upgraded/i;

/** Says what a failed call to the Bot API means for the message to an address. */
export function toSendError(cause: unknown, address: string): SendError {
  // Anything without an answer from Telegram is the network, or a time-out.
  if (!(cause instanceof GrammyError)) return new SendError("unreachable", "Telegram did not answer", { cause });
  const failure = toFailure(cause, address);
  const { retry_after: retryAfter = 1 } = cause.parameters;
  // Not as `cause`: grammY's error carries the payload, with address and words.
  return new SendError(failure, describe(cause), failure === "throttled" ? { retryAfter } : {});
}

function toFailure({ error_code: code, description }: GrammyError, address: string): SendFailure {
  if (code === 429) return "throttled";
  if (code >= 500) return "unreachable";
  if (code === 401 || code === 404) return "misconfigured";
  if (code !== 403 && !unreachableChat.test(description)) return "rejected";
  // A group that has put us out is a setting to be mended, but only its own cards wait for that.
  return isRoom(address) ? "unreachable" : "stopped";
}

/** The new id of a group that has become a supergroup, if that is why a call failed. */
export function movedTo(cause: unknown): number | undefined {
  return cause instanceof GrammyError ? cause.parameters.migrate_to_chat_id : undefined;
}

/** Whether an edit failed because the message already is as wanted: a success. */
export function isUnmodified(cause: unknown): boolean {
  return cause instanceof GrammyError && /message is not modified/i.test(cause.description);
}

/** Whether an edit failed because the message is gone or can't be changed any more. */
export function isUneditable(cause: unknown): boolean {
  const gone = /message to edit not found|message can't be edited|MESSAGE_ID_INVALID|no text in the message to edit/i;
  return cause instanceof GrammyError && gone.test(cause.description);
}

/** Whether another receiver of this bot's updates is in the way. */
export function isConflict(cause: unknown): boolean {
  return cause instanceof GrammyError && cause.error_code === 409;
}

/** Says for an administrator why a call that is about no person failed. */
export function explain(cause: unknown): string {
  if (!(cause instanceof GrammyError)) return "Telegram does not answer (network, proxy, or TELEGRAM_API_ROOT)";
  const { error_code: code, description } = cause;
  if (code === 401 || code === 404) return "Telegram does not know the token (TELEGRAM_BOT_TOKEN)";
  if (code === 409 && /webhook/i.test(description))
    return "another program has set a webhook for this bot; only one may receive its messages";
  if (code === 409) return "another program polls with this bot's token; only one may receive its messages";
  return `Telegram refuses: ${describe(cause)}`;
}

/** Seconds to wait before the next call, if Telegram asks for that. */
export function retryAfter(cause: unknown): number | undefined {
  return cause instanceof GrammyError ? cause.parameters.retry_after : undefined;
}

/** Telegram's reason up to what it quotes, which may be words of the message. */
function describe({ error_code: code, description }: GrammyError): string {
  return `${code} ${description.replace(/\s["'].*/s, " …")}`;
}
