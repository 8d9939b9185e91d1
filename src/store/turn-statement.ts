/** A part of the statement that writes a batch, with its values. */
export interface Part {
  name: keyof typeof parts;
  values: (number | string | Buffer | undefined)[];
}

interface Statement {
  name: string;
  text: string;
}

type Sql = (...values: string[]) => string;

/** The parts, in order: each becomes a step of one statement, for its values' places. */
const parts = {
  contacts: (id, channel, hash, address, key) =>
    `contacts AS (INSERT INTO contact (id, channel, address_hash, address, data_key)
      SELECT * FROM unnest(${id}::uuid[], ${channel}::text[], ${hash}::bytea[], ${address}::bytea[], ${key}::bytea[]))`,
  newSessions: (contact, id, language, conversation, sent, silent, remind, at) =>
    `made AS (INSERT INTO session (contact_id, id, version, language, conversation, sent, silent, remind_at, updated_at)
      SELECT t.contact, t.id, 1, t.language, t.conversation, t.sent, t.silent, to_timestamp(t.remind / 1000.0),
          to_timestamp(${at}::bigint / 1000.0)
        FROM unnest(${contact}::uuid[], ${id}::uuid[], ${language}::text[], ${conversation}::bytea[], ${sent}::int[],
          ${silent}::text[], ${remind}::bigint[]) AS t(contact, id, language, conversation, sent, silent, remind))`,
  sessions: (contact, id, language, conversation, sent, silent, remind, at, version) =>
    `changed AS (UPDATE session s SET version = t.version + 1, language = t.language, conversation = t.conversation,
        sent = t.sent, silent = t.silent, remind_at = to_timestamp(t.remind / 1000.0),
        updated_at = to_timestamp(${at}::bigint / 1000.0)
      FROM unnest(${contact}::uuid[], ${id}::uuid[], ${language}::text[], ${conversation}::bytea[], ${sent}::int[],
          ${silent}::text[], ${remind}::bigint[], ${version}::int[])
          AS t(contact, id, language, conversation, sent, silent, remind, version)
        WHERE s.contact_id = t.contact AND s.version = t.version AND s.id = t.id
      RETURNING 1)`,
  seen: (id) => `seen AS (INSERT INTO seen (id) SELECT unnest(${id}::text[]))`,
  outbox: (lane, n, body, owner) =>
    `placed AS (INSERT INTO outbox (lane, n, body, owner) SELECT o.lane, o.n, o.body, nullif(o.owner, -1)
      FROM unnest(${lane}::uuid[], ${n}::int[], ${body}::bytea[], ${owner}::int[]) AS o(lane, n, body, owner))`,
  messages: (contact, n, at, body) =>
    `kept AS (INSERT INTO message (contact_id, n, at, body) SELECT m.contact, m.n, to_timestamp(m.at / 1000.0), m.body
      FROM unnest(${contact}::uuid[], ${n}::int[], ${at}::bigint[], ${body}::bytea[]) AS m(contact, n, at, body))`,
  sent: (lane, n) =>
    `sent AS (DELETE FROM outbox o USING unnest(${lane}::uuid[], ${n}::int[]) AS d(lane, n)
      WHERE o.lane = d.lane AND o.n = d.n)`,
  cards: (room, ref, code) =>
    `cards AS (INSERT INTO card (case_id, room_id, ref) SELECT DISTINCT ON (f.id, d.room) f.id, d.room, d.ref
      FROM unnest(${room}::uuid[], ${ref}::text[], ${code}::text[]) WITH ORDINALITY AS d(room, ref, code, place)
        JOIN case_file f ON f.code = d.code ORDER BY f.id, d.room, d.place DESC
      ON CONFLICT (case_id, room_id) DO UPDATE SET ref = excluded.ref)`,
  texts: (hash, purpose, path, version, language, body) =>
    `texts AS (INSERT INTO agreement_text (hash, purpose, path, version, language, body)
      SELECT * FROM unnest(${hash}::text[], ${purpose}::text[], ${path}::text[], ${version}::text[], ${language}::text[],
        ${body}::text[]) ON CONFLICT DO NOTHING)`,
  agreements: (
    contact,
    id,
    schema,
    purpose,
    recipient,
    state,
    hash,
    version,
    language,
    channel,
    way,
    basis,
    place,
    data,
    at,
  ) =>
    `agreed AS (INSERT INTO agreement (contact_id, id, schema_version, purpose, recipient, state, text_hash, text_version,
        language, channel, way, legal_basis, place, data, at)
      SELECT a.contact, a.id, a.schema, a.purpose, a.recipient, a.state, a.hash, a.version, a.language, a.channel, a.way,
          a.basis, a.place, string_to_array(a.data, ','), to_timestamp(a.at / 1000.0)
        FROM unnest(${contact}::uuid[], ${id}::uuid[], ${schema}::text[], ${purpose}::text[], ${recipient}::text[],
          ${state}::text[], ${hash}::text[], ${version}::text[], ${language}::text[], ${channel}::text[], ${way}::text[],
          ${basis}::text[], ${place}::text[], ${data}::text[], ${at}::bigint[])
          AS a(contact, id, schema, purpose, recipient, state, hash, version, language, channel, way, basis, place, data,
            at))`,
  cases: () => "",
} satisfies { [name: string]: Sql };

const composed = new Map<string, Statement>();

/** Puts parts together: one statement for each set of parts, to be prepared by its name. Answers the rooms' lanes with new cards. */
export function compose(wanted: Part[]): { statement: Statement; values: Part["values"] } {
  const name = `turns:${wanted.map((part) => part.name).join(",")}`;
  let statement = composed.get(name);
  if (!statement) {
    statement = { name: shortName(composed.size), text: toText(wanted) };
    composed.set(name, statement);
  }
  return { statement, values: wanted.flatMap((part) => part.values) };
}

function toText(wanted: Part[]): string {
  const places = new Map<Part["name"], string[]>();
  let last = 0;
  for (const { name, values } of wanted)
    places.set(
      name,
      values.map(() => `$${++last}`),
    );
  const steps = wanted.map(({ name }) => (parts[name] as Sql)(...(places.get(name) ?? []))).filter(Boolean);
  const cases = places.get("cases");
  const result = cases ? `file_cases(${cases.join(", ")})` : "NULL::uuid[]";
  const [contact, , , , , , , , , me] = places.get("sessions") ?? [];
  // A new contact has nobody who could have been faster: its rows are unique.
  const check =
    contact === undefined
      ? result
      : `CASE WHEN (SELECT count(*) FROM changed) = cardinality(${contact}) AND NOT EXISTS (
          SELECT FROM outbox x WHERE x.lane = ANY (${contact}) AND x.owner <> ${me}::int)
        THEN ${result} ELSE overtaken() END`;
  return `WITH ${steps.join(",\n")} SELECT ${check}`;
}

/** PostgreSQL cuts names of prepared statements after 63 bytes. */
function shortName(index: number): string {
  return `write-turns-${index}`;
}
