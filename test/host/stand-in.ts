import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import type { Bot } from "../../src/domain/bot.ts";
import type { SendError } from "../../src/domain/channel.ts";
import type { OutgoingMessage, RenderedMessage } from "../../src/domain/prompt.ts";
import { Dispatch } from "../../src/host/dispatch.ts";
import { type Keyring, newDataKey } from "../../src/store/keyring.ts";
import { addressOf } from "../../src/store/lanes.ts";
import { sealOutgoing } from "../../src/store/outbox.ts";
import { seal } from "../../src/store/seal.ts";
import { sealConversation } from "../../src/store/sessions.ts";

/** A bot that keeps what it is told to send, and fails as it is told to. */
export class StandInBot implements Bot {
  channel = "telegram" as const;
  account = "4242";
  sent: { address: string; text: string; file?: { name: string; text: string } }[] = [];
  failures: (SendError | Error)[] = [];
  /** How long a send takes (ms). */
  delay = 0;
  async start() {}
  async stop() {}
  async ready() {
    return undefined;
  }
  async send(address: string, { text, file }: RenderedMessage) {
    if (this.delay > 0) await new Promise((resolve) => setTimeout(resolve, this.delay));
    const failure = this.failures.shift();
    if (failure) throw failure;
    this.sent.push({
      address,
      text,
      ...(file && { file: { name: file.name, text: Buffer.from(file.data).toString() } }),
    });
    return { ref: String(this.sent.length) };
  }
}

/** Shows the key of a prompt as its text. */
export function renderKey(
  message: Parameters<ConstructorParameters<typeof Dispatch>[0]["render"]>[0],
): RenderedMessage {
  const text = textOf(message);
  const token = message.type === "prompt" && message.token !== undefined ? { token: message.token } : {};
  return { text, language: "en", direction: "ltr", buttons: [], standing: [], links: [], multiple: false, ...token };
}

function textOf(message: OutgoingMessage): string {
  switch (message.type) {
    case "prompt":
    case "file":
      return message.prompt.key;
    case "card":
      return `card ${message.card.code}`;
    case "notice":
      return `notice ${message.notice.key}`;
    case "words":
      return "words";
  }
}

/** A dispatch with a bot of its own, as one process would have. */
export async function startDispatch(url: string, pool: Pool, keyring: Keyring, bot = new StandInBot()) {
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const bots = new Map([["telegram" as const, bot]]);
  const dispatch = new Dispatch({ url, pool, keyring, bots, render: renderKey, log });
  await dispatch.start();
  return { dispatch, bot };
}

/** Writes a contact with a session; answers its id and how to put prompts into its lane as an owner. */
export async function writeContact(pool: Pool, keyring: Keyring, address: string) {
  const id = randomUUID();
  const key = newDataKey();
  await pool.query(
    `INSERT INTO contact (id, channel, address_hash, address, data_key) VALUES ($1, 'telegram', $2, $3, $4)`,
    [
      id,
      keyring.hashAddress("telegram", "4242", address),
      seal(key, addressOf.contact(id), address),
      keyring.wrap(key),
    ],
  );
  await pool.query(
    `INSERT INTO session (contact_id, id, version, conversation, sent, updated_at) VALUES ($1, $2, 1, $3, 0, now())`,
    [id, randomUUID(), sealConversation(key, id, { stack: [], token: 0 })],
  );
  const write = async (owner: number, ...texts: string[]) => {
    for (const text of texts) {
      const { rows } = await pool.query(`UPDATE session SET sent = sent + 1 WHERE contact_id = $1 RETURNING sent`, [
        id,
      ]);
      const n: number = rows[0].sent;
      const body = sealOutgoing(key, id, n, { type: "prompt", prompt: { key: text }, language: "en" });
      await pool.query(`INSERT INTO outbox (lane, n, owner, body) VALUES ($1, $2, $3, $4)`, [id, n, owner, body]);
    }
  };
  return { id, write };
}

/** Waits until something holds. */
export async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
