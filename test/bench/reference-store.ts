import { DatabaseError, Pool } from "pg";
import { makeCode } from "../../src/domain/code.ts";

/** Where a conversation is. */
export interface State {
  step: number;
  answers: string[];
}

const tables = `
  CREATE TABLE IF NOT EXISTS talk (chat bigint PRIMARY KEY, step int NOT NULL, answers jsonb NOT NULL) WITH (fillfactor = 60);
  CREATE TABLE IF NOT EXISTS heard (id bigint PRIMARY KEY, chat bigint NOT NULL, words text NOT NULL, at timestamptz NOT NULL DEFAULT now());
  CREATE TABLE IF NOT EXISTS file (code text PRIMARY KEY, chat bigint NOT NULL, answers jsonb NOT NULL, at timestamptz NOT NULL DEFAULT now());`;

const write = `WITH t AS (INSERT INTO talk VALUES ($2, $3, $4) ON CONFLICT (chat) DO UPDATE SET step = $3, answers = $4)`;

const load = { name: "load", text: "SELECT step, answers FROM talk WHERE chat = $1", rowMode: "array" as const };
const save = { name: "save", text: `${write} INSERT INTO heard (id, chat, words) VALUES ($1, $2, $5)` };
const saveCase = {
  name: "save-case",
  text: `${write}, f AS (INSERT INTO file (code, chat, answers) VALUES ($6, $2, $4)) INSERT INTO heard (id, chat, words) VALUES ($1, $2, $5)`,
};

// More connections than these make a message slower on two cores, fewer leave the disk waiting.
const connections = 16;

/** Opens the reference's tables: one SELECT and one statement that writes a message, prepared, from a pool. */
export async function openReferenceStore(url: string) {
  const pool = new Pool({ connectionString: url, max: connections, idleTimeoutMillis: 0 });
  await pool.query(tables);
  return {
    async load(chat: number): Promise<State> {
      const { rows } = await pool.query<[number, string[]]>({ ...load, values: [chat] });
      const [row] = rows;
      return row ? { step: row[0], answers: row[1] } : { step: 0, answers: [] };
    },
    /** Writes a message, with a case where it makes one, and returns the case's code. */
    async save(id: number, chat: number, { step, answers }: State, words: string, hasCase: boolean) {
      const all = JSON.stringify([...answers, words]);
      const values = [id, chat, step + 1, all, words];
      if (!hasCase) {
        await pool.query({ ...save, values });
        return undefined;
      }
      for (;;) {
        const code = makeCode((below) => Math.floor(Math.random() * below));
        try {
          await pool.query({ ...saveCase, values: [...values, code] });
          return code;
        } catch (error) {
          if (!isTaken(error)) throw error;
        }
      }
    },
    close: () => pool.end(),
  };
}

/** unique_violation: the code is another case's. */
function isTaken(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === "23505";
}
