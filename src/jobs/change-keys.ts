import type { Pool } from "pg";
import type { Log } from "../domain/log.ts";
import { countWrapped, switchKey, wrapAnew } from "../store/key-change.ts";
import { ignoreUnused, noteUse, quietSeconds } from "../store/key-history.ts";
import type { Keyring } from "../store/keyring.ts";

interface Options {
  pool: Pool;
  keyring: Keyring;
  log: Log;
  /** How often it is looked at (ms). */
  every?: number;
  /** How long nothing may be wrapped by an older key before it is refused (seconds). */
  quiet?: number;
}

/**
 * Changes to the first key of the settings while there are older ones: waits until every process knows it, wraps all data
 * keys anew, and refuses the older ones when nothing needs them any more. Every process does this for itself, because each
 * has to know by which key it wraps. Ends by itself; `stop` ends it early, and the next start goes on.
 */
export function changeKeys({ pool, keyring, log, every = 5000, quiet = quietSeconds }: Options) {
  const { wrapping } = keyring;
  const [first = ""] = wrapping.ids();
  let stopped = false;
  let told = "";
  let timer: NodeJS.Timeout | undefined;
  const tell = (text: string) => {
    if (text !== told) log.info(text);
    told = text;
  };

  const look = async () => {
    const { waitingFor } = await switchKey(pool, keyring);
    if (waitingFor > 0) {
      tell(`keys: ${first} waits: ${waitingFor} running process(es) do not know it yet; start them again with it`);
      return;
    }
    tell(`keys: ${first} wraps from now on; the older ones are for reading`);
    const anew = await wrapAnew(pool, keyring, () => stopped);
    if (anew > 0) log.info(`keys: ${anew} data keys are wrapped by ${first} now`);
    const wrapped = await countWrapped(pool);
    for (const id of wrapping.ids()) if (id !== first) await noteUse(pool, id, wrapped.has(id));
    for (const id of await ignoreUnused(pool, wrapping, quiet))
      log.info(`keys: nothing is wrapped by ${id} any more; it is refused from now on. Remove it from ENCRYPTION_KEY`);
  };
  let wake: () => void = () => {};
  const run = async (): Promise<void> => {
    while (!stopped && wrapping.ids().length > 1) {
      try {
        await look();
      } catch (error) {
        // What was done stays done.
        tell(`keys: ${error instanceof Error ? error.name : "no error"}, trying again`);
      }
      if (stopped) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
        timer = setTimeout(resolve, every);
        timer.unref();
      });
    }
  };
  const running = run();
  return {
    /** Resolves when there is nothing left to change. */
    done: running,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      wake();
      await running;
    },
  };
}
