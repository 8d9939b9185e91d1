import type { World } from "../world.ts";
import type { Params } from "./params.ts";

/** A method of the Bot API: returns its `result`, or throws an ApiError. `onClosed` hears of a caller that hangs up. */
export type Method = (world: World, params: Params, onClosed: (listener: () => void) => void) => unknown;
