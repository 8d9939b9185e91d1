import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readUpdate } from "../../../bots/telegram/incoming.ts";
import { Rooms } from "../../../bots/telegram/rooms.ts";
import { Troubles } from "../../../bots/telegram/trouble.ts";

const log = { info: () => {}, warn: () => {}, error: () => {} };
const folder = `${import.meta.dirname}/payloads/`;
const payloads = readdirSync(folder).filter((name) => name.endsWith(".json") && !name.endsWith(".message.json"));
const around = () => ({
  account: "4242",
  rooms: new Rooms(-1001234567890, new Troubles(log), log),
  now: Date.UTC(2025, 10, 20, 12, 0, 1, 5),
});

test.each(payloads)("understands %s", async (name) => {
  const incoming = readUpdate(JSON.parse(readFileSync(folder + name, "utf8")), around());
  const golden = folder + name.replace(".json", ".message.json");
  await expect(`${JSON.stringify(incoming, null, 2)}\n`).toMatchFileSnapshot(golden);
});

test.each([undefined, null, 7, "text", [], {}, { update_id: "1" }])("ignores %j", (data) => {
  expect(readUpdate(data, around())).toEqual({ type: "ignored", reason: "unknown" });
});

test("knows a group by its new id once it has moved", () => {
  const { rooms, ...rest } = around();
  const press = JSON.parse(readFileSync(`${folder}group-claim.json`, "utf8"));
  press.callback_query.message.chat.id = -1001234567999;
  expect(readUpdate(press, { ...rest, rooms })).toMatchObject({ type: "ignored", reason: "group" });
  rooms.move("-1001234567890", -1001234567999);
  expect(readUpdate(press, { ...rest, rooms })).toMatchObject({ type: "staffAct", act: { room: "-1001234567890" } });
});
