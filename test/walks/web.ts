import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import type { RenderedMessage } from "../../src/domain/prompt.ts";
import { codeIn } from "./code.ts";
import type { Plan } from "./plan.ts";
import { readQuestion } from "./question.ts";
import { type Act, Walk } from "./walk.ts";

/** A message as the page keeps it, with its number. */
type Kept = RenderedMessage & { n: number };

const patience = { timeout: 20_000 };

/**
 * Has a new person walk through the whole conversation in the web chat, from its first page on, with real presses and
 * typed words. `name` is the language's. Answers the code of the case, where one was told.
 */
export async function walkOnWeb(page: Page, plan: Plan, name: string): Promise<string | undefined> {
  const walk = new Walk(plan);
  await page.locator("#languages").getByRole("button", { name, exact: true }).click();
  let code: string | undefined;
  for (let last = 0; !walk.isDone; ) {
    for (const message of await newerThan(page, last)) {
      last = message.n;
      if (walk.isSent) code ??= codeIn(message.text);
      const data = [...message.buttons, ...message.standing].map((button) => button.data);
      // The page has answered it with the language that was chosen.
      if (readQuestion(data)?.name === "language") continue;
      const act = walk.next(data);
      if (act) await perform(page, message, act);
    }
  }
  return code;
}

/** Waits for messages with a greater number, and answers them in order. */
async function newerThan(page: Page, last: number): Promise<Kept[]> {
  for (const until = performance.now() + patience.timeout; performance.now() < until; ) {
    const { entries } = JSON.parse((await page.evaluate('sessionStorage.getItem("lotse")')) ?? '{"entries":[]}');
    const messages: Kept[] = entries.flatMap((entry: { message?: Kept }) => entry.message ?? []);
    const newer = messages.filter(({ n }) => n > last).sort((a, b) => a.n - b.n);
    if (newer.length > 0) return newer;
    await sleep(30);
  }
  throw new Error("the page shows nothing new");
}

async function perform(page: Page, message: RenderedMessage, act: Act): Promise<void> {
  if (act.type === "say") {
    await page.locator("#input").fill(act.text, patience);
    await page.locator("#input").press("Enter");
    return;
  }
  const label = message.buttons.find((button) => button.data === act.data)?.label ?? act.data;
  await page.locator("#choices").getByRole("button", { name: label, exact: true }).click(patience);
}
