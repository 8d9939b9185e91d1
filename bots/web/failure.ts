/** Why a request of the page is refused. The page has a sentence for each. */
export type Refusal =
  | { error: "invalid"; wrong: string[] }
  | { error: "foreign" }
  | { error: "tooLong" }
  /** Seconds to wait. */
  | { error: "tooMany"; retryAfter: number }
  | { error: "unavailable"; retryAfter: number };

const statuses = { invalid: 400, foreign: 403, tooLong: 413, tooMany: 429, unavailable: 503 } as const;

/** Says what a refusal means in HTTP. The page tries again after 429 and 5xx, never after another 4xx. */
export function toAnswer(refusal: Refusal): {
  status: (typeof statuses)[Refusal["error"]];
  headers: Record<string, string>;
} {
  const status = statuses[refusal.error];
  return "retryAfter" in refusal
    ? { status, headers: { "retry-after": `${refusal.retryAfter}` } }
    : { status, headers: {} };
}
