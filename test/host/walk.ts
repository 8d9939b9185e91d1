import type { Content } from "../../src/domain/channel.ts";
import type { OutgoingMessage, OutgoingPrompt } from "../../src/domain/prompt.ts";
import { messageFrom, type startProcess } from "./process.ts";

type Process = Awaited<ReturnType<typeof startProcess>>;

/** What a person answers, by the key of the question; `/` in front is written instead of pressed. */
export type Plan = { [key: string]: string | string[] };

/** Someone who needs money and housing in Delbrück and answers everything. */
export const ada: Plan = {
  "home.language": "en",
  "home.main": "help",
  agreement: "yes",
  "intake.forWhom": "self",
  "intake.needs": ["+benefits", "+housing", "done"],
  "intake.letter": "no",
  "intake.where": "/33129",
  "intake.interpreter": "yes",
  "intake.age": "27to66",
  "intake.payer": "nobody",
  "intake.work": "yes",
  "intake.children": "none",
  "intake.paper": "temp_protection_24",
  "intake.firstDocument": "before",
  "intake.reach": "here",
  "intake.summary": "send",
  "intake.sent": "later",
  naturalisation: "no",
};

/** Leads a person through a conversation by a plan, until a question comes that the plan has no answer for (any more). */
export async function walk(
  process: Process,
  who: string,
  plan: Plan,
  opening: Content = { type: "start" },
): Promise<void> {
  const left = Object.fromEntries(Object.entries(plan).map(([key, answer]) => [key, [answer].flat()]));
  const asked = () => process.sent.findLast((message): message is OutgoingPrompt => isQuestion(message));
  await process.turns.receive(messageFrom(who, opening));
  for (;;) {
    await process.settled();
    const question = asked();
    const answer = left[question?.prompt.key ?? ""]?.shift();
    if (question?.token === undefined || answer === undefined) return;
    const content: Content = answer.startsWith("/")
      ? { type: "words", text: answer.slice(1) }
      : { type: "press", data: `${question.token.toString(36)}:${answer}`, ref: "1" };
    await process.turns.receive(messageFrom(who, content));
  }
}

function isQuestion(message: OutgoingMessage): boolean {
  return message.type === "prompt" && message.token !== undefined;
}
