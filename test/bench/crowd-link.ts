import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import type { Order, Report } from "./crowd-orders.ts";

type Answer = { id: number; report: unknown; error?: string };

/** A crowd in a process of its own. */
export class CrowdLink {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #last = 0;

  private constructor(child: ChildProcess, url: string) {
    this.url = url;
    this.#child = child;
    child.once("exit", () => {
      for (const tell of this.#waiting.values()) tell({ id: 0, report: undefined, error: "the crowd ended" });
    });
    child.on("message", (answer: Answer) => {
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    });
  }

  static async start(): Promise<CrowdLink> {
    const child = fork(new URL("./crowd-process.ts", import.meta.url));
    const [{ url }] = (await once(child, "message")) as [{ url: string }];
    return new CrowdLink(child, url);
  }

  /** Gives an order and waits for its report. */
  order<O extends Order>(order: O): Promise<Report<O["type"]>> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ report, error }) =>
        error === undefined ? resolve(report as Report<O["type"]>) : reject(new Error(error)),
      );
      this.#child.send({ id, order });
    });
  }

  stop(): void {
    this.#child.disconnect();
  }
}
