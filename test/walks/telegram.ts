import type { Controls, RemoteControls } from "../doubles/telegram/verbs/index.ts";
import { codeIn } from "./code.ts";
import type { Plan } from "./plan.ts";
import { type Act, Walk } from "./walk.ts";

/** How a walk went. */
export interface Walked {
  /** The person's id, which is the chat's, too. */
  user: number;
  /** Of the case; undefined when none was told. */
  code: string | undefined;
  /** What the person did. */
  acts: Act[];
}

type Verbs = "user" | "say" | "press" | "wait";

/**
 * Has a new person walk through the whole conversation on a Telegram double, in this process or another one. Fails when
 * the bot says nothing for `patience` ms.
 */
export async function walkOnTelegram(
  telegram: Pick<Controls, Verbs> | Pick<RemoteControls, Verbs>,
  plan: Plan,
  patience = 30_000,
): Promise<Walked> {
  const walk = new Walk(plan);
  const acts: Act[] = [];
  const { id: user } = await telegram.user({ language_code: plan.language });
  let code: string | undefined;
  let act: Act | undefined = walk.first();
  for (let after = 0; !walk.isDone; ) {
    if (act) {
      acts.push(act);
      const { seq } = await perform(telegram, user, act);
      after = Math.max(after, seq);
    }
    const call = await telegram.wait({ chat: user, after, timeoutMs: patience });
    after = call.seq;
    const { text, reply_markup: markup } = call.params;
    if (walk.isSent) code ??= codeIn(String(text));
    act = walk.next(dataOf(markup));
  }
  return { user, code, acts };
}

async function perform(telegram: Pick<Controls, Verbs> | Pick<RemoteControls, Verbs>, user: number, act: Act) {
  return act.type === "say"
    ? await telegram.say({ user, text: act.text })
    : await telegram.press({ user, data: act.data });
}

function dataOf(markup: unknown): string[] {
  const { inline_keyboard: rows = [] } = (markup ?? {}) as { inline_keyboard?: { callback_data?: string }[][] };
  return rows.flat().flatMap(({ callback_data: data }) => (data === undefined ? [] : [data]));
}
