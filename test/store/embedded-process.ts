// A process of its own that uses the embedded PostgreSQL until it is told to stop; run by embedded.test.ts.
import { argv, exit, stdout } from "node:process";
import { Client } from "pg";
import { startEmbedded } from "../../src/store/embedded.ts";

const [dataDir = ""] = argv.slice(2);
const log = { info() {}, warn: print, error: print };

function print(text: string) {
  stdout.write(`${text}\n`);
}

try {
  const { url, stop } = await startEmbedded(dataDir, log);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, async () => {
      const client = new Client({ connectionString: url });
      await client.connect();
      await client.query("SELECT 1");
      await client.end();
      print("still there");
      await stop();
      exit(0);
    });
  }
  print(url);
} catch (cause) {
  print(String(cause));
  exit(1);
}
