import { Client } from "pg";
import type { WalkReport } from "./crowd-orders.ts";
import type { Program } from "./programs.ts";

/** Throws unless everybody was told one code, staff heard of each once, and each is in the database once. */
export async function checkCases(program: Program, report: WalkReport, people: number): Promise<void> {
  const faults: string[] = [];
  const expect = (what: string, found: number, wanted = people) => {
    if (found !== wanted) faults.push(`${what}: ${found} instead of ${wanted}`);
  };
  expect("codes", report.codes.length);
  expect("different codes", new Set(report.codes).size);
  expect("notices", report.notices.length);
  const told = new Set(report.codes);
  expect("codes in notices", new Set(report.notices.filter((code) => told.has(code))).size);
  expect("rows of cases", await countRows(program, report.codes));
  expect("POSTs not answered with 200", report.refused, 0);
  expect("presses without an answer", report.unanswered, 0);
  if (faults.length > 0) throw new Error(`${program.name}: ${faults.join(", ")}`);
}

async function countRows({ databaseUrl, caseTable }: Program, codes: string[]): Promise<number> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    // Without UNIQUE a code could be there twice; both programs' tables have it.
    const { rows } = await client.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${caseTable} WHERE code = ANY ($1)`,
      [codes],
    );
    return rows[0]?.count ?? 0;
  } finally {
    await client.end();
  }
}
