import type { ClientBase } from "pg";
import type { Reading } from "../domain/kept-data.ts";
import { readingsOfContact } from "./readings.ts";

/** Who has read the cases of a contact, newest first. */
export async function readingsOf(client: ClientBase, contactId: string): Promise<Reading[]> {
  const readings = await readingsOfContact(client, contactId);
  return readings.map(({ at, name, part, code }) => ({ at: at.getTime(), name, part, code }));
}
