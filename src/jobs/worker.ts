import { Logger, parseCronItems, type Runner, run, runMigrations } from "graphile-worker";
import type { Pool } from "pg";
import type { Log } from "../domain/log.ts";
import { type DailyDigest, dailyDigest } from "./daily-digest.ts";
import { type Deliver, deliverReferrals } from "./deliver-referrals.ts";
import { type EraseAsked, eraseAskedFor } from "./erase-asked.ts";
import { type KeepPeriods, keepPeriods } from "./keep-periods.ts";
import { type LookAfter, lookAfterCases } from "./look-after-cases.ts";
import { type Remind, remindOpenIntakes } from "./remind-open-intakes.ts";
import { type TellLate, tellLateAnswers } from "./tell-late.ts";
import { type TendTalks, tendTalks } from "./tend-talks.ts";

interface Options extends EraseAsked, KeepPeriods, Remind, Deliver, LookAfter, DailyDigest, TellLate, TendTalks {
  pool: Pool;
  log: Log;
}

/** A night that the service did not run through is made up for at its next start. */
const madeUpFor = 7 * 24 * 60 * 60 * 1000;

/**
 * Makes the worker's tables. Before anybody can change something: a trigger asks for a job as soon as they are there, and
 * fails while they are half made.
 */
export async function prepareJobs({ pool, log }: Pick<Options, "pool" | "log">): Promise<void> {
  await runMigrations({ pgPool: pool, logger: quietLogger(log) });
}

/** Starts the sweeps: each at its times, by one process at a time, made up for after a stop. */
export async function startJobs(options: Options): Promise<Runner> {
  const { pool, log } = options;
  return run({
    pgPool: pool,
    noHandleSignals: true,
    concurrency: 1,
    pollInterval: 60_000,
    logger: quietLogger(log),
    taskList: {
      "remind-open-intakes": () => remindOpenIntakes(pool, options),
      "erase-asked": () => eraseAskedFor(pool, options),
      "keep-periods": () => keepPeriods(pool, options),
      "deliver-referrals": () => deliverReferrals(pool, options),
      // Staff who come, leave or are absent ask for it at once, by a trigger.
      "look-after-cases": () => lookAfterCases(pool, options),
      "daily-digest": () => dailyDigest(pool, options),
      "tell-late": () => tellLateAnswers(pool, options),
      "tend-talks": () => tendTalks(pool, options),
    },
    parsedCronItems: parseCronItems([
      { task: "remind-open-intakes", match: "*/5 * * * *" },
      // The list outside of the database is never more than this behind.
      { task: "erase-asked", match: "* * * * *" },
      // In UTC: between two and four in the night, all year. Missed several times, it runs once.
      {
        task: "keep-periods",
        match: "40 1 * * *",
        options: { backfillPeriod: madeUpFor, jobKey: "keep-periods", jobKeyMode: "preserve_run_at" },
      },
      { task: "deliver-referrals", match: "*/5 * * * *" },
      { task: "look-after-cases", match: "* * * * *" },
      { task: "daily-digest", match: "*/5 * * * *" },
      { task: "tell-late", match: "*/5 * * * *" },
      { task: "tend-talks", match: "* * * * *" },
    ]),
  });
}

/** The worker's own lines may quote a job's error; an error of a query may quote what people wrote. */
function quietLogger(log: Log): Logger {
  return new Logger(() => (level, _message, meta) => {
    if (level === "error") log.error(`a job failed: ${jobName(meta)}`);
  });
}

function jobName(meta: unknown): string {
  const job = typeof meta === "object" && meta !== null && "job" in meta ? meta.job : undefined;
  return typeof job === "object" && job !== null && "task_identifier" in job ? String(job.task_identifier) : "unknown";
}
