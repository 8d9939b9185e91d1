import { expect, test } from "vitest";
import { flows } from "../../flows/index.ts";
import { readData, toData } from "../../src/conversation/button-data.ts";
import { countMessage } from "../../src/conversation/pace.ts";
import { checkFlows } from "../../src/conversation/pure-flows.ts";

test("a button's data is read as it was written", () => {
  expect(readData(toData(12_345, "page:1"))).toEqual({ type: "answer", token: 12_345, value: "page:1" });
  expect(readData("no data")).toEqual({ type: "unknown" });
});

test("a flood begins with the 21st message within ten seconds and ends with a pause", () => {
  let pace: Parameters<typeof countMessage>[0];
  const floods: string[] = [];
  for (let n = 0; n < 25; n++) {
    const counted = countMessage(pace, n * 100);
    pace = counted.pace;
    floods.push(counted.flood);
  }
  expect(floods.slice(19)).toEqual(["no", "first", "goes on", "goes on", "goes on", "goes on"]);
  expect(countMessage(pace, 2_400 + 10_001).flood).toBe("no");
});

test("slow messages are never a flood, nor are late ones", () => {
  let pace: Parameters<typeof countMessage>[0];
  for (let n = 0; n < 100; n++) {
    const counted = countMessage(pace, n * 600);
    pace = counted.pace;
    expect(counted.flood).toBe("no");
  }
  expect(countMessage(pace, 0).flood).toBe("no");
});

test("all flows need no live actor", () => {
  expect(checkFlows).not.toThrow();
});

test("a flow that needs one is refused", () => {
  const home = flows.home;
  if (!home) throw new Error("no home");
  const { machine } = home;
  const bad = {
    ...machine,
    id: "home",
    version: "1",
    states: { x: { type: "atomic", config: { after: { 10: "y" } } } },
  };
  flows.home = { machine: bad as unknown as typeof machine };
  expect(checkFlows).toThrow("flow home: x: invoke and after need a live actor");
  flows.home = { machine: { ...bad, states: {}, version: "2" } as unknown as typeof machine };
  expect(checkFlows).toThrow("flow home: says not how older positions are carried over");
  flows.home = home;
});
