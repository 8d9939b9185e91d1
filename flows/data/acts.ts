import type { Answers } from "../../src/domain/effect.ts";
import type { MadeFile } from "../../src/domain/kept-data.ts";
import type { Prompt, Values } from "../../src/domain/prompt.ts";
import type { Context, FlowEvent, Given } from "../conversation.ts";
import { changeableIn, keptIn } from "./kept.ts";

/** What the law makes us keep depends on whether something was agreed to, and sent. */
export function deleteValues({ codes = [], agreements }: Answers, { place }: Given): Values {
  if (codes.length === 0 && agreements !== "yes") return {};
  return {
    context: codes.length > 0 ? "sent" : "agreed",
    proof: { type: "period", unit: "month", count: place.retention.agreement_proof_months },
  };
}

/** Whether there is a record of an agreement. */
export function agreementsIn(event: FlowEvent): string {
  return keptIn(event).agreements.length > 0 ? "yes" : "no";
}

/** Sends one of the files that were made. */
export function sendFile(kind: MadeFile["kind"]) {
  return {
    type: "sendFile",
    params: ({ event }: { event: FlowEvent }): { file: MadeFile; prompt: Prompt } => {
      const { files, hours } = event.type === "dataExported" ? event : { files: [], hours: 0 };
      const file = files.find((one) => one.kind === kind);
      if (!file) throw new Error(`no file of the kind ${kind} was made`);
      const isFetched = file.token !== undefined;
      const values: Values = {
        hours: { type: "period", unit: "hour", count: hours },
        ...(isFetched && { context: "link" }),
      };
      return { file, prompt: { key: `data.file.${kind}`, values, private: true } };
    },
  } as const;
}

/** Opens the answers of a sent case, the chosen or the only one; where the agreement was taken back, behind a new one. */
export function change(chosen: "code" | undefined) {
  return {
    type: "replace",
    params: ({ context, event }: { context: Context; event: FlowEvent & { given: Given } }) => {
      const cases = changeableIn(event);
      const found = chosen ? cases.find(({ code }) => code === context.answers[chosen]) : cases[0];
      if (!found) throw new Error("there is no case to be changed");
      const answers = { ...(found.answers as Answers), case: found.code };
      return event.given.agreed
        ? { flow: "change", answers }
        : { flow: "agreement", answers: { ...answers, afterwards: "change" } };
    },
  } as const;
}

/** The answers but one. */
export function without({ answers }: Context, name: string): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([one]) => one !== name));
}
