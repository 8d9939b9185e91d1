import { describe } from "vitest";
import type { Abilities, Platform } from "./contract/platform.ts";
import { receiving } from "./contract/receiving.ts";
import { sending } from "./contract/sending.ts";
import { setStage } from "./contract/stage.ts";
import { trouble } from "./contract/trouble.ts";

export { question, rendered } from "./contract/messages.ts";
export type { Abilities, Platform } from "./contract/platform.ts";

/** What every channel must do. Each channel's test runs it against a double of its platform. */
export function contract(open: () => Promise<Platform>, abilities: Abilities): void {
  const stage = setStage(open);
  describe("receiving", () => receiving(stage, abilities));
  describe("sending", () => sending(stage, abilities));
  describe.runIf(abilities.breaksDown)("trouble", () => trouble(stage));
}
