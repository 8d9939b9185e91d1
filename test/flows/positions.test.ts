import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { flows } from "../../flows/index.ts";
import { toData } from "../../src/conversation/button-data.ts";
import { questionOf, readPosition } from "../../src/conversation/position.ts";
import type { Position } from "../../src/domain/session.ts";
import { Talk } from "../conversation/talk.ts";
import { questionsOfFlows } from "./keys.ts";

// One file per release that changed positions. A file is never changed once its release is out: people's
// conversations wait at these positions.
const folder = join(import.meta.dirname, "positions");
const stored = readdirSync(folder).flatMap((file): Position[] => JSON.parse(readFileSync(join(folder, file), "utf8")));
const named = stored.map(
  (position) => [`${position.flow} ${position.version}, ${String(position.value)}`, position] as const,
);

describe.each(named)("%s", (_, position) => {
  const home = { flow: "home", version: 1, value: "main", context: { answers: {} } };
  const stack = position.flow === "home" ? [position] : [home, position];
  const start = () => new Talk({ session: { language: "en", conversation: { stack, token: 1, agreed: true } } });

  test("is understood, and its question is asked again", () => {
    const current = readPosition(position);
    expect(current.version).toBe(Number(flows[position.flow]?.machine.version));
    const talk = start();
    talk.send({ type: "unreadable", kind: "voice" });
    expect(talk.outgoing.at(-1)?.prompt.key).toBe(questionOf(current)?.key);
  });

  test("goes on with every answer", () => {
    const talk = start();
    talk.send({ type: "unreadable", kind: "voice" });
    const { token } = talk.session.conversation;
    const { choices = [], chosen } = talk.outgoing.at(-1)?.prompt ?? { key: "" };
    const values = choices.map(({ value }) => (chosen ? `+${value}` : value));
    for (const value of [...values, ...(chosen ? ["done"] : [])]) {
      const next = new Talk({ session: structuredClone(talk.session) });
      next.send({ type: "press", data: toData(token, value) });
      expect(next.outgoing.length, value).toBeGreaterThan(0);
    }
    talk.say("0170 1234567");
    expect(talk.outgoing.length).toBeGreaterThan(0);
  });

  test("can be left backwards", () => {
    const talk = start().say("/back");
    expect(talk.outgoing.length).toBeGreaterThan(0);
  });
});

test("every question of this release is among the stored positions", () => {
  const missing = questionsOfFlows().filter(({ flow, state }) => {
    const version = Number(flows[flow]?.machine.version);
    return !stored.some((one) => one.flow === flow && one.value === state && one.version === version);
  });
  expect(missing.map(({ flow, state }) => `${flow}.${state}`)).toEqual([]);
});
