import { mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Plan, planOf } from "../walks/plan.ts";
import { CrowdLink } from "./crowd-link.ts";
import { type Program, startReference, startService, stopAll } from "./programs.ts";

/** What all runs share: the crowd, the plans of its people, and both programs' data, which stay between two starts. */
export interface Stage {
  crowd: CrowdLink;
  plans: Plan[];
  /** Where the service keeps its data. */
  dataDir: string;
  startService(): Promise<Program>;
  startReference(): Promise<Program>;
  /** Ends every process and removes every file. */
  clear(): Promise<void>;
}

/** Different enough for every kind of message, few enough to write them all down. */
const plans = Array.from({ length: 8 }, (_, index) => planOf(index + 1, ["de", "en", "uk", "ar", "ru", "tr"]));

/** Makes the stage: the service's database, and from a first talk of each kind what the reference shall say. */
export async function setStage(): Promise<Stage> {
  const directory = mkdtempSync(join(tmpdir(), "lotse-bench-"));
  const dataDir = mkdtempSync(join(directory, "service-"));
  const referenceDir = mkdtempSync(join(directory, "reference-"));
  const transcripts = join(directory, "transcripts.json");
  const crowd = await CrowdLink.start();
  const clear = async () => {
    await stopAll();
    crowd.stop();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const service = await startService(crowd, dataDir);
    writeFileSync(transcripts, JSON.stringify(await crowd.order({ type: "record", token: service.token, plans })));
    await service.stop();
  } catch (error) {
    await clear();
    throw error;
  }
  return {
    crowd,
    plans,
    dataDir,
    startService: () => startService(crowd, dataDir),
    startReference: () => startReference(crowd, referenceDir, transcripts),
    clear,
  };
}
