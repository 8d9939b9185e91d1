import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { executeAnswer } from "./api/index.ts";
import { createDoubleServer } from "./http-server.ts";
import { defaultOptions, type Options } from "./options.ts";
import { type Controls, type RemoteControls, runVerb, verbNames } from "./verbs/index.ts";
import { World } from "./world.ts";

/** A running double: where the bot finds it, and everything a test can do with it. */
export type TelegramDouble = Controls & { url: string; token: string; stop: () => Promise<void> };

/** A double in another process, driven over HTTP. */
export type RemoteTelegramDouble = RemoteControls & { url: string };

export const TelegramDouble = {
  /** Starts a Bot API server on 127.0.0.1; port 0 takes a free one. */
  async start({ port = 0, ...options }: Partial<Options> & { port?: number } = {}): Promise<TelegramDouble> {
    const world = new World({ ...defaultOptions, ...options });
    world.delivery.onAnswer = (body) => executeAnswer(world, body);
    const server = createDoubleServer(world, (verb, args) => runVerb(world, verb, args));
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    const { port: bound } = server.address() as AddressInfo;
    const stop = async () => {
      world.delivery.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    };
    const controls = Object.fromEntries(verbNames.map((name) => [name, (args: unknown) => runVerb(world, name, args)]));
    const url = `http://127.0.0.1:${bound}`;
    return { ...(controls as Controls), url, token: world.options.token, stop };
  },

  /** Drives a double that runs in another process, by its URL. */
  connect(url: string): RemoteTelegramDouble {
    const call = async (verb: string, args: unknown) => {
      const response = await fetch(`${url}/_control/${verb}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(args ?? {}),
      });
      const answer = (await response.json()) as { ok: boolean; result: unknown; error: string };
      if (!answer.ok) throw new Error(answer.error);
      return answer.result;
    };
    const controls = Object.fromEntries(verbNames.map((name) => [name, (args: unknown) => call(name, args)]));
    return { ...(controls as RemoteControls), url };
  },
};
