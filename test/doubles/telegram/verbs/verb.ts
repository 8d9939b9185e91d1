import { z } from "zod";
import type { World } from "../world.ts";

/** Something a test can do: what it takes, and what it does. */
export type Verb<Schema extends z.ZodType, Result> = {
  schema: Schema;
  run: (world: World, args: z.output<Schema>) => Result;
};

/**
 * Declares a verb. Its arguments are checked on both ways in, by function call and over HTTP.
 *
 *     export const deactivate = verb({ user: z.number() }, (world, { user }) => { ... });
 */
export function verb<Shape extends z.ZodRawShape, Result>(
  shape: Shape,
  run: (world: World, args: z.output<z.ZodObject<Shape, z.core.$strict>>) => Result,
): Verb<z.ZodObject<Shape, z.core.$strict>, Result> {
  return { schema: z.strictObject(shape), run };
}
