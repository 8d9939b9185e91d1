import { CommandError, databaseUrlOf, encryptionKeysOf, runCommand } from "./command.ts";
import { loadPlace } from "./places.ts";
import { writeNotice } from "./staff/write-notice.ts";
import { listErased } from "./store/erased-list.ts";
import { openKeyring } from "./store/keyring.ts";
import { spareOwner } from "./store/owner.ts";
import { openPool } from "./store/pool.ts";
import { applyRetention, dueNow } from "./store/retention.ts";

const usage = `npm run retention              what is over by the place's periods, in counts; changes nothing
npm run retention -- --apply   removes it, as every night
`;

runCommand(async (config, words) => {
  if (words.some((word) => word !== "--apply") || words.length > 1) throw new CommandError(usage);
  const place = loadPlace(config.place);
  const pool = openPool(await databaseUrlOf(config), { info() {}, warn() {}, error() {} });
  try {
    if (words.length === 0) {
      for (const { kind, period, count, oldest } of await dueNow(pool, place.retention))
        print(kind, count, `after ${period}${oldest ? `, the oldest from ${oldest.toISOString().slice(0, 10)}` : ""}`);
      return;
    }
    const keyring = await openKeyring(pool, ...(await encryptionKeysOf(config)));
    const owner = await spareOwner(pool);
    const counts = await applyRetention(pool, place.retention, {
      forgetCards: async (client, caseId) => {
        await writeNotice(client, { keyring, place, owner }, { type: "expired", caseId });
      },
      failed: (kind, error) => {
        process.stderr.write(`${kind} failed: ${error instanceof Error ? error.name : "no error"}\n`);
      },
    });
    await listErased(pool, config.erasedList);
    for (const [kind, count] of Object.entries(counts)) print(kind, count, "removed");
    if (Object.keys(counts).length === 0) process.stdout.write("Nothing was over.\n");
  } finally {
    await pool.end();
  }
});

function print(kind: string, count: number, note: string): void {
  process.stdout.write(`${kind.padEnd(22)} ${String(count).padStart(7)}  ${note}\n`);
}
