import type { ClientBase } from "pg";
import type { Reading } from "../domain/kept-data.ts";

/** Who has read the cases of a contact, newest first; undefined as long as readings are not recorded. */
export async function readingsOf(_client: ClientBase, _contactId: string): Promise<Reading[] | undefined> {
  return undefined;
}
