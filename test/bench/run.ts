import { compare, type Run } from "./compare.ts";
import { showGrowth } from "./growth.ts";
import { runRound } from "./round.ts";
import { type Stage, setStage } from "./stage.ts";
import { showStart } from "./start.ts";
import { toTable } from "./table.ts";

// npm run bench: the service against a reference that does the same talk by the shortest way there is (reference.ts).
// `npm run bench -- short` makes the first run only.

const short: Run = {
  title: "200 conversations, 50 at a time, from a cold start",
  people: 200,
  atOnce: 50,
  cold: true,
  wanted: { messagesPerSecond: { atLeast: 1.3 }, acceptedP99: { atMost: 1.3 } },
};
const warm = { programCpu: { atMost: 0.8 }, postgresCpu: { atMost: 0.4 } };
const long: Run[] = [
  {
    title: "1,000 conversations, 50 at a time, warmed up",
    people: 1000,
    atOnce: 50,
    wanted: { messagesPerSecond: { atLeast: 1.6 }, acceptedP99: { atMost: 1 }, ...warm },
  },
  {
    title: "1,000 conversations, 200 at a time, warmed up",
    people: 1000,
    atOnce: 200,
    wanted: { messagesPerSecond: { atLeast: 1.7 }, ...warm },
  },
  {
    title: "100 conversations, one at a time, warmed up",
    people: 100,
    atOnce: 1,
    wanted: { messagesPerSecond: { atLeast: 0.9 } },
  },
];
const rounds = 3;
const warmUp = { people: 400, atOnce: 50 };

const print = (text: string) => void process.stdout.write(`${text}\n\n`);

async function bench(stage: Stage, isShort: boolean): Promise<void> {
  print(toTable(await compare(stage, short, rounds)));
  if (isShort) return;
  const [service, reference] = [await stage.startService(), await stage.startReference()];
  for (const program of [service, reference]) await runRound(stage.crowd, program, { ...warmUp, plans: stage.plans });
  for (const run of long) print(toTable(await compare(stage, run, rounds, { service, reference })));
  await reference.stop();
  print(await showGrowth(stage, service));
  await service.stop();
  print(await showStart(stage));
}

const stage = await setStage();
const clear = (code: number) => stage.clear().finally(() => process.exit(code));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void clear(1));
try {
  await bench(stage, process.argv[2] === "short");
  print("Every person got one code, which is in the database and in a notice once.");
  await clear(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  await clear(1);
}
