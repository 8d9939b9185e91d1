/** What may be said about an error: nothing in it was written by people or comes from the database's rows. */
export type ErrorDescription = {
  name: string;
  code?: string | number;
  /** PostgreSQL's names for what was violated, without its values. */
  table?: string;
  column?: string;
  constraint?: string;
  /** Where zod found something else than it expected. */
  issues?: { code: string; path: string }[];
  stack: string[];
  cause?: ErrorDescription;
};

const maxDepth = 5;

/**
 * Describes an error by an allow-list. Messages are left out on purpose: PostgreSQL, zod, JSON.parse and HTTP libraries
 * put what they were given into them, as do `detail`, `where`, `input` and the like.
 */
export function describeError(cause: unknown, depth = 0): ErrorDescription {
  if (!(cause instanceof Error)) return { name: typeof cause, stack: [] };
  const fields = cause as Error & Record<string, unknown>;
  return {
    name: word(cause.name) ?? "Error",
    ...pick(fields, "code"),
    ...pick(fields, "table"),
    ...pick(fields, "column"),
    ...pick(fields, "constraint"),
    ...(Array.isArray(fields.issues) && { issues: fields.issues.map(describeIssue) }),
    stack: frames(cause),
    ...(cause.cause !== undefined && depth < maxDepth && { cause: describeError(cause.cause, depth + 1) }),
  };
}

function describeIssue(issue: { code?: unknown; path?: unknown[] }) {
  const path = (issue.path ?? []).map((step) => (typeof step === "number" ? step : (word(step) ?? "?")));
  return { code: word(issue.code) ?? "?", path: path.join(".") };
}

function pick(fields: Record<string, unknown>, name: "code" | "table" | "column" | "constraint") {
  const value = fields[name];
  const safe = typeof value === "number" ? value : word(value);
  return safe === undefined ? {} : { [name]: safe };
}

/** A short name in Latin letters, as programs use; anything else may be text. */
function word(value: unknown): string | undefined {
  return typeof value === "string" && /^[\w.-]{1,63}$/.test(value) ? value : undefined;
}

/** The lines of a stack that say where, without the message before them. */
function frames({ stack = "", message }: Error): string[] {
  const lines = stack.replace(message, "").split("\n");
  return lines.filter((line) => /^ {4}at .*(:\d+:\d+|<anonymous>)\)?$/.test(line)).map((line) => line.trim());
}
