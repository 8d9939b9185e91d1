import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../../src/store/embedded/connection.ts";
import { startEmbedded } from "../../../src/store/embedded.ts";
import { Balancer } from "../balancer.ts";
import { rough } from "../person.ts";
import { onStage, silent } from "../stage.ts";
import type { Verdict } from "../verdict.ts";

interface Order {
  kills: number;
  restarts: number;
  atOnce: number;
  seed: number;
}

/**
 * Two processes on one database, every update to either of them, some to both at once. One is killed, the other takes
 * over; at times both are; the database restarts under them.
 */
export function twoProcesses({ kills, restarts, atOnce, seed }: Order): Promise<Verdict> {
  return onStage({ name: "two processes", seed, mischief: rough, latencyMs: 15 }, async (stage) => {
    const database = await mkdtemp(join(tmpdir(), "lotse-faults-db-"));
    const server = await startEmbedded(database, silent);
    stage.databases.push(database);
    const key = randomBytes(32);
    const port = await freePort();
    const shared = {
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      DATABASE_URL: server.url,
      ENCRYPTION_KEY: key.toString("base64"),
    };
    const instances = [await stage.instance(shared), await stage.instance(shared)] as const;
    const balancer = new Balancer(
      instances.map(({ port: own }) => own),
      stage.random,
      0.15,
    );
    await balancer.listen(port);
    stage.onClose(async () => {
      balancer.close();
      await server.stop();
      await rm(database, { recursive: true, force: true });
    });
    await Promise.all(instances.map((instance) => instance.start()));
    void stage.staff.work();
    stage.crowd.begin(atOnce);
    const acts = [...Array(kills).fill("kill"), ...Array(restarts).fill("restart")] as ("kill" | "restart")[];
    acts.sort(() => stage.random() - 0.5);
    for (const act of acts) {
      await sleep(stage.between(500, 2500));
      if (act === "restart") {
        stage.disturb("restarts of PostgreSQL");
        await stage.signalPostgres(stage.random() < 0.5 ? "SIGKILL" : "SIGINT", database);
        await sleep(300);
        for (const instance of instances) await instance.untilReady();
        stage.recover();
        continue;
      }
      const victims = stage.random() < 0.15 ? instances : [instances[stage.random() < 0.5 ? 0 : 1]];
      for (const victim of victims) {
        stage.disturb("kills");
        await victim.end("SIGKILL");
      }
      // Long enough to be taken over, or not.
      await sleep(stage.between(0, 2500));
      for (const victim of victims) stage.verdict.starts.push(await victim.start());
      stage.recover();
    }
    stage.verdict.count("updates to both at once", balancer.doubled);
    await stage.judge({ url: server.url, key });
  });
}
