import type { Call } from "../doubles/telegram/journal.ts";
import { blotted, type Expected } from "./expected.ts";
import type { Verdict } from "./verdict.ts";

/** Says whether something happened between two times (ms) that explains why a message was sent again. */
export type Excuse = (from: number, to: number) => boolean;

/**
 * Compares what a person was sent with what was to be sent: all of it, in order, nothing else. After a crash the
 * newest messages may come again, in their order: those are counted. Deeds in `maybe` may be answered or not.
 */
export function judgeChat(
  verdict: Verdict,
  who: string,
  { said }: Expected,
  calls: Call[],
  excuse: Excuse,
  maybe: ReadonlySet<number> = new Set(),
): void {
  const sentAt: number[] = [];
  // What came so far, by place, for the report of a fault.
  const came: number[] = [];
  let next = 0;
  let again: number | undefined;
  for (const call of calls) {
    if (call.method !== "sendMessage" && call.method !== "editMessageText") continue;
    const text = blotted(call.method, call.params);
    while (next < said.length && said[next]?.text !== text && maybe.has(said[next]?.deed ?? -1)) next++;
    if (said[next]?.text === text && (again === undefined || again === next)) {
      came.push(next);
      sentAt[next++] = call.at;
      again = undefined;
      continue;
    }
    const goesOn = again !== undefined && said[again]?.text === text;
    const before = goesOn ? again : said.findLastIndex((one, index) => index < next && one.text === text);
    if (before === undefined || before < 0) {
      const isLater = said.slice(next).some((one) => one.text === text);
      verdict.add(
        isLater ? "lost" : "altered",
        `${who}: after ${came.slice(-6)}${isLater ? " out of order" : " not expected"}: ${said.findIndex((one) => one.text === text)} ${brief(text)}`,
      );
      return;
    }
    if (!excuse(sentAt[before] ?? 0, call.at)) verdict.add("doubled", `${who}: for no reason: ${brief(text)}`);
    sentAt[before] = call.at;
    came.push(before);
    verdict.repeats++;
    again = before + 1;
  }
  while (next < said.length && maybe.has(said[next]?.deed ?? -1)) next++;
  if (next < said.length) verdict.add("lost", `${who}: never sent: ${brief(said[next]?.text)}`);
}

function brief(text = ""): string {
  return JSON.stringify(text.replaceAll("\n", " ").slice(0, 110));
}
