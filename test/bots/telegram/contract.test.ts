import { describe } from "vitest";
import type { Abilities } from "../contract.ts";
import { contract } from "../contract.ts";
import { openTelegram } from "./platform.ts";

const abilities: Abilities = {
  failures: ["throttled", "unreachable", "misconfigured", "stopped", "rejected"],
  blocks: true,
  breaksDown: true,
};

describe.each(["polling", "webhook"] as const)("Telegram by %s", (mode) => {
  contract(() => openTelegram(mode), abilities);
});
