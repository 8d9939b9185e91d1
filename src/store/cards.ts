import type { ClientBase, Pool } from "pg";

/** The platform's id of a case's card in a room, if one was sent there. */
export async function cardRef(client: ClientBase | Pool, room: string, code: string): Promise<string | undefined> {
  const { rows } = await client.query<{ ref: string }>({
    name: "card-ref",
    text: `SELECT card.ref FROM card JOIN case_file f ON f.id = card.case_id WHERE card.room_id = $1 AND f.code = $2`,
    values: [room, code],
  });
  return rows[0]?.ref;
}
