import { randomUUID } from "node:crypto";
import { type DestinationStream, type Logger, pino } from "pino";
import { describeError } from "./log-error.ts";

/** Makes the log: one line of JSON each, to standard output unless told otherwise. */
export function createLog(level: string, destination: DestinationStream = pino.destination(1)): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: describeError },
    hooks: { logMethod },
  };
  return pino(options, destination);
}

/**
 * Logs an error without anything that people may have written: its name, code and the place in the code, not its
 * message. Returns the id it is logged under, to tell those who look for help.
 */
export function logError(log: Logger, cause: unknown, what: string): string {
  const id = randomUUID().slice(0, 8);
  log.error({ errorId: id, err: cause }, what);
  return id;
}

// Left to itself, pino takes the message of an error for the text of a line that has none.
function logMethod(this: Logger, args: unknown[], method: (...args: never[]) => void): void {
  const [first, ...rest] = args;
  const isError = first instanceof Error;
  const silent = (isError || (typeof first === "object" && first !== null && "err" in first)) && rest.length === 0;
  const safe = [isError ? { err: first } : first, ...(silent ? ["error"] : rest)];
  method.apply(this, safe as never[]);
}
