import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../../src/store/embedded/connection.ts";
import type { Settings } from "../instance.ts";
import { onStage, type Stage } from "../stage.ts";
import type { Verdict } from "../verdict.ts";

interface Trouble {
  name: string;
  settings: Settings;
  /** Has the platform make trouble once the service runs. */
  make?: (stage: Stage) => void;
  /** What the log says, once. */
  says: RegExp;
}

/** A wrong token, no network, another program's webhook: told once and by `/ready`; the web chat runs on. */
export function misconfigure({ seed }: { seed: number }): Promise<Verdict> {
  return onStage({ name: "Telegram out of order", seed }, async (stage) => {
    const nowhere = await freePort();
    const troubles: Trouble[] = [
      { name: "wrong token", settings: { TELEGRAM_BOT_TOKEN: "4242:wrong" }, says: /does not know the token/ },
      { name: "no network", settings: { TELEGRAM_API_ROOT: `http://127.0.0.1:${nowhere}` }, says: /does not answer/ },
      {
        name: "another poller",
        // Empty: by polling.
        settings: { TELEGRAM_WEBHOOK_SECRET: "" },
        make: ({ telegram }) => void pollBeside(telegram),
        says: /another program polls/,
      },
    ];
    for (const trouble of troubles) await judgeTrouble(stage, trouble);
  });
}

async function judgeTrouble(stage: Stage, { name, settings, make, says }: Trouble): Promise<void> {
  const { verdict } = stage;
  const instance = await stage.instance(settings);
  verdict.count(name);
  instance.launch();
  while (!(await instance.ready()) && instance.isRunning) await sleep(50);
  if (make) {
    await instance.untilReady();
    make(stage);
  }
  const line = () => instance.output.split("\n").filter((one) => says.test(one));
  for (const end = Date.now() + 20_000; Date.now() < end && line().length === 0; ) await sleep(50);
  await sleep(3000);
  verdict.demand(line().length === 1, `${name}: ${line().length} lines in the log`);
  const ready = await instance.ready();
  verdict.demand(
    ready?.ready === false && says.test(ready.checks.telegram?.why ?? ""),
    `${name}: /ready says ${JSON.stringify(ready)}`,
  );
  verdict.demand(ready?.checks.web?.ok === true, `${name}: the web chat is not ready`);
  const page = await fetch(`http://127.0.0.1:${instance.port}/`);
  verdict.demand(page.status === 200, `${name}: the web chat answers ${page.status}`);
  const { code } = await instance.end("SIGTERM");
  verdict.demand(code === 0, `${name}: ended with ${code}`);
}

/** Another program that fetches this bot's updates, for ten seconds. */
async function pollBeside({ url, token }: { url: string; token: string }): Promise<void> {
  for (const end = Date.now() + 10_000; Date.now() < end; ) {
    const body = JSON.stringify({ timeout: 5 });
    const headers = { "content-type": "application/json" };
    await fetch(`${url}/bot${token}/getUpdates`, { method: "POST", headers, body }).catch(() => {});
    await sleep(200);
  }
}
