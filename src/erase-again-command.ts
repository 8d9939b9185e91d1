import { databaseUrlOf, encryptionKeysOf, runCommand } from "./command.ts";
import { loadPlace } from "./places.ts";
import { writeNotice } from "./staff/write-notice.ts";
import { eraseAgain, readErasedList } from "./store/erased-list.ts";
import { openKeyring } from "./store/keyring.ts";
import { spareOwner } from "./store/owner.ts";
import { openPool } from "./store/pool.ts";

// npm run erase-again [-- list ...]: after a restore, repeats what the lists say was erased since the backup.
runCommand(async (config, words) => {
  const place = loadPlace(config.place);
  const pool = openPool(await databaseUrlOf(config), { info() {}, warn() {}, error() {} });
  try {
    const keyring = await openKeyring(pool, ...(await encryptionKeysOf(config)));
    const owner = await spareOwner(pool);
    for (const path of words.length > 0 ? words : [config.erasedList]) {
      const entries = await readErasedList(path);
      const count = await eraseAgain(pool, entries, async (client, caseId) => {
        await writeNotice(client, { keyring, place, owner }, { type: "erased", caseId });
      });
      process.stdout.write(`${path}: ${entries.length} erasures, ${count} repeated\n`);
    }
  } finally {
    await pool.end();
  }
});
