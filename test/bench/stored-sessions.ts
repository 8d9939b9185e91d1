import { randomUUID } from "node:crypto";
import { Client, Pool } from "pg";
import { keepEncryptionKeys } from "../../src/encryption-key.ts";
import { commitTurns, type TurnRows } from "../../src/store/commit.ts";
import { type Keyring, newDataKey, openKeyring } from "../../src/store/keyring.ts";
import { addressOf } from "../../src/store/lanes.ts";
import { seal } from "../../src/store/seal.ts";
import { sealConversation, unsealConversation } from "../../src/store/sessions.ts";

const batch = 500;
/** Rows are nobody's to send: there are none in the outbox. */
const nobody = 0;

/** Stores sessions of people who are not in the crowd, each with a conversation as long as the longest there is. */
export async function storeSessions(databaseUrl: string, dataDir: string, count: number): Promise<void> {
  const pool = new Pool({ connectionString: databaseUrl, max: 1 });
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const keyring = await openKeyring(pool, ...(await keepEncryptionKeys(dataDir)));
    const conversation = await longestConversation(client, keyring);
    for (let made = 0; made < count; made += batch) {
      const turns = Array.from({ length: batch }, (_, index) => newTurn(keyring, conversation, made + index));
      await commitTurns(client, nobody, turns, Date.now());
    }
  } finally {
    await client.end();
    await pool.end();
  }
}

type Conversation = ReturnType<typeof unsealConversation>;

async function longestConversation(client: Client, keyring: Keyring): Promise<Conversation> {
  const { rows } = await client.query<{ id: string; key: Buffer; conversation: Buffer }>(
    `SELECT c.id, c.data_key AS key, s.conversation FROM session s JOIN contact c ON c.id = s.contact_id
      ORDER BY length(s.conversation) DESC LIMIT 1`,
  );
  const [row] = rows;
  if (!row) throw new Error("nobody has talked yet");
  return unsealConversation(keyring.unwrap(row.key), row.id, row.conversation);
}

function newTurn(keyring: Keyring, conversation: Conversation, index: number): TurnRows {
  const contactId = randomUUID();
  const dataKey = newDataKey();
  const address = `stored-${index}`;
  return {
    contactId,
    made: {
      channel: "telegram",
      addressHash: keyring.hashAddress("telegram", "4242", address),
      address: seal(dataKey, addressOf.contact(contactId), address),
      dataKey: keyring.wrap(dataKey),
    },
    session: {
      id: randomUUID(),
      version: 0,
      language: "en",
      conversation: sealConversation(dataKey, contactId, conversation),
      sent: 0,
      silent: null,
      remindAt: null,
    },
    seen: [`telegram:4242:${address}`],
    outbox: [],
    pulled: false,
  };
}
