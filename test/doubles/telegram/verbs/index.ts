import { z } from "zod";
import type { World } from "../world.ts";
import { calls, clear, latencies, state, transcript, wait } from "./observe.ts";
import { block, botStatus, deactivate, group, member, migrate, unblock, user } from "./people.ts";
import { press } from "./press.ts";
import { edit, say, send, start } from "./talk.ts";
import { clearFaults, dropAcks, duplicate, fault, hold, inject, options, release } from "./trouble.ts";
import type { Verb } from "./verb.ts";

const verbs = {
  user,
  group,
  member,
  botStatus,
  migrate,
  block,
  unblock,
  deactivate,
  say,
  start,
  send,
  edit,
  press,
  transcript,
  wait,
  calls,
  latencies,
  state,
  clear,
  inject,
  duplicate,
  hold,
  release,
  fault,
  clearFaults,
  dropAcks,
  options,
};

type Verbs = typeof verbs;
type Args<Schema extends z.ZodType> =
  Record<never, never> extends z.input<Schema> ? [args?: z.input<Schema>] : [args: z.input<Schema>];

/** Everything a test can do with a double, as functions. */
export type Controls = {
  [Name in keyof Verbs]: Verbs[Name] extends Verb<infer Schema, infer Result>
    ? (...args: Args<Schema>) => Result
    : never;
};

/** The same over HTTP: every result is a promise, and has been through JSON. */
export type RemoteControls = {
  [Name in keyof Controls]: (...args: Parameters<Controls[Name]>) => Promise<Awaited<ReturnType<Controls[Name]>>>;
};

/** The names of all verbs. */
export const verbNames = Object.keys(verbs) as (keyof Verbs)[];

/** Runs a verb by its name. Throws when there is none, or when its arguments do not fit. */
export function runVerb(world: World, name: string, args: unknown): unknown {
  const verb: Verb<z.ZodType, unknown> | undefined = Object.hasOwn(verbs, name)
    ? verbs[name as keyof Verbs]
    : undefined;
  if (!verb) throw new Error(`no verb ${name}; there are ${verbNames.join(", ")}`);
  const parsed = verb.schema.safeParse(args ?? {});
  if (!parsed.success) throw new Error(`${name}: ${z.prettifyError(parsed.error)}`);
  return verb.run(world, parsed.data);
}
