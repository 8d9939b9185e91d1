/** What Telegram adds to an error so that a program can go on. */
export type ErrorParameters = { retry_after?: number; migrate_to_chat_id?: number };

/** A refused call: becomes `{ok: false, error_code, description, parameters}`. */
export class ApiError extends Error {
  readonly code: number;
  readonly parameters: ErrorParameters | undefined;

  constructor(code: number, description: string, parameters?: ErrorParameters) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

/** Makes a 400 in Telegram's spelling: the first letter is lowered, unless the text is a CODE_IN_CAPITALS. */
export function badRequest(text: string, parameters?: ErrorParameters): ApiError {
  const isCode = /^.[A-Z_]/.test(text);
  const reason = isCode ? text : text.charAt(0).toLowerCase() + text.slice(1);
  return new ApiError(400, `Bad Request: ${reason}`, parameters);
}

/** Makes a 403: the chat exists, but the bot may not write there. */
export function forbidden(text: string): ApiError {
  return new ApiError(403, `Forbidden: ${text}`);
}

/** Makes a 409: two receivers of updates exclude each other. */
export function conflict(text: string): ApiError {
  return new ApiError(409, `Conflict: ${text}`);
}

/** Makes a 429 that asks for a pause, in seconds. */
export function tooManyRequests(seconds: number): ApiError {
  return new ApiError(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
}

/** Makes a 501 for what the real server can do and this double can't, so that a test never mistakes one for the other. */
export function notDoubled(what: string): ApiError {
  return new ApiError(501, `Not Implemented: the double does not know ${what}`);
}
