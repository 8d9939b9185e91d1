-- Turns at half the cost: updates of a session touch no index, and no row is looked up that is known to be there.

-- With an index on what changes with every message, PostgreSQL writes all indexes of the row anew (no HOT update). The
-- sweeps that look for old sessions come a few times an hour and read the table.
DROP INDEX "session_updated_at_idx";
-- Rows go as fast as they come: what is looked for by owner is found by reading the little that is there.
DROP INDEX "outbox_owner_idx";

-- Whoever writes a message has locked its contact's session, which goes with the contact: no need to lock the contact
-- for every message as a foreign key does. The name puts the trigger behind those that delete the session.
ALTER TABLE "message" DROP CONSTRAINT "message_contact_id_fkey";
CREATE FUNCTION delete_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM message WHERE contact_id = OLD.id;
  RETURN NULL;
END $$;
CREATE TRIGGER "then_messages" AFTER DELETE ON "contact" FOR EACH ROW EXECUTE FUNCTION delete_messages();

-- Takes rows that were sent out of the outbox. Of cards among them the platform's ids are kept, in the same commit: a
-- claim finds the rooms that show a case by the one or the other.
CREATE FUNCTION mark_sent(d_lane uuid[], d_n int[], d_room uuid[], d_ref text[], d_code text[])
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM outbox o USING unnest(d_lane, d_n) AS d(lane, n) WHERE o.lane = d.lane AND o.n = d.n;
  IF cardinality(d_ref) > 0 THEN
    INSERT INTO card (case_id, room_id, ref)
      SELECT DISTINCT ON (f.id, d.room) f.id, d.room, d.ref
        FROM unnest(d_room, d_ref, d_code) WITH ORDINALITY AS d(room, ref, code, place) JOIN case_file f ON f.code = d.code
        ORDER BY f.id, d.room, d.place DESC
      ON CONFLICT (case_id, room_id) DO UPDATE SET ref = excluded.ref;
  END IF;
END $$;

DROP FUNCTION commit_turns;

-- Writes a batch of turns, each whole or not at all. `written` are the contacts whose turn was written: those whose
-- session is still as it was loaded (UUID and version), or that version 0 says are new and nobody made meanwhile.
-- `handed` are the lanes whose rows another process will send, because it is sending that lane already: it is told.
-- A message that was seen before undoes the whole batch (unique violation of seen): the caller loads again and leaves
-- it out.
-- Arrays of one letter belong together: c_ new contacts, s_ sessions, e_ seen ids, o_ outbox rows, m_ messages kept
-- for staff, d_ what `mark_sent` takes. `me` is the caller's owner number; rows with o_pulled are fetched by their receiver.
CREATE FUNCTION commit_turns(
  me int,
  c_id uuid[], c_channel text[], c_hash bytea[], c_address bytea[], c_key bytea[],
  s_contact uuid[], s_id uuid[], s_version int[], s_language text[], s_conversation bytea[], s_sent int[],
  s_silent text[], s_remind bigint[], s_at bigint,
  e_contact uuid[], e_id text[],
  o_lane uuid[], o_n int[], o_body bytea[], o_pulled int[],
  m_contact uuid[], m_n int[], m_at bigint[], m_body bytea[],
  d_lane uuid[], d_n int[], d_room uuid[], d_ref text[], d_code text[],
  OUT written uuid[], OUT handed uuid[]
) LANGUAGE plpgsql AS $$
DECLARE
  every boolean;
BEGIN
  -- First, while no session is locked: these rows are the caller's own, and nobody waits for them for long.
  IF cardinality(d_lane) > 0 THEN
    PERFORM mark_sent(d_lane, d_n, d_room, d_ref, d_code);
  END IF;

  IF cardinality(c_id) > 0 THEN
    INSERT INTO contact (id, channel, address_hash, address, data_key)
      SELECT * FROM unnest(c_id, c_channel, c_hash, c_address, c_key) ON CONFLICT DO NOTHING;
  END IF;

  WITH t AS (
    SELECT * FROM unnest(s_contact, s_id, s_version, s_language, s_conversation, s_sent, s_silent, s_remind)
      AS t(contact, id, version, language, conversation, sent, silent, remind)
  ), changed AS (
    UPDATE session s SET version = t.version + 1, language = t.language, conversation = t.conversation, sent = t.sent,
        silent = t.silent, remind_at = to_timestamp(t.remind / 1000.0), updated_at = to_timestamp(s_at / 1000.0)
      FROM t WHERE s.contact_id = t.contact AND s.version = t.version AND s.id = t.id
      RETURNING s.contact_id
  ), made AS (
    INSERT INTO session (contact_id, id, version, language, conversation, sent, silent, remind_at, updated_at)
      SELECT t.contact, t.id, 1, t.language, t.conversation, t.sent, t.silent, to_timestamp(t.remind / 1000.0),
          to_timestamp(s_at / 1000.0)
        FROM t WHERE t.version = 0 AND EXISTS (SELECT FROM contact c WHERE c.id = t.contact)
      ON CONFLICT DO NOTHING RETURNING contact_id
  )
  SELECT coalesce(array_agg(contact_id), '{}') INTO written
    FROM (SELECT contact_id FROM changed UNION ALL SELECT contact_id FROM made) w;
  handed := '{}';
  IF cardinality(written) = 0 THEN RETURN; END IF;
  -- Usually nobody was faster for any contact, and nothing needs to be left out below.
  every := cardinality(written) = cardinality(s_contact);

  INSERT INTO seen (id) SELECT e.id FROM unnest(e_contact, e_id) AS e(contact, id)
    WHERE every OR e.contact = ANY (written);

  IF cardinality(o_lane) > 0 THEN
    IF NOT EXISTS (SELECT FROM outbox x WHERE x.lane = ANY (o_lane) AND x.owner <> me) THEN
      INSERT INTO outbox (lane, n, body, owner)
        SELECT o.lane, o.n, o.body, CASE o.pulled WHEN 0 THEN me END
          FROM unnest(o_lane, o_n, o_body, o_pulled) AS o(lane, n, body, pulled)
          WHERE every OR o.lane = ANY (written);
    ELSE
      WITH placed AS (
        INSERT INTO outbox (lane, n, body, owner)
          SELECT o.lane, o.n, o.body, CASE o.pulled WHEN 0 THEN
              coalesce((SELECT x.owner FROM outbox x WHERE x.lane = o.lane ORDER BY x.n LIMIT 1), me) END
            FROM unnest(o_lane, o_n, o_body, o_pulled) AS o(lane, n, body, pulled)
            WHERE every OR o.lane = ANY (written)
          RETURNING lane, owner
      )
      SELECT coalesce(array_agg(DISTINCT lane), '{}') INTO handed FROM placed WHERE owner <> me;
      PERFORM pg_notify('outbox', lane::text) FROM unnest(handed) AS lane;
    END IF;
  END IF;

  IF cardinality(m_contact) > 0 THEN
    INSERT INTO message (contact_id, n, at, body)
      SELECT m.contact, m.n, to_timestamp(m.at / 1000.0), m.body
        FROM unnest(m_contact, m_n, m_at, m_body) AS m(contact, n, at, body)
        WHERE every OR m.contact = ANY (written);
  END IF;
END $$;

-- As before, but a room's lock leaves alone whoever keeps a card's id.
CREATE OR REPLACE FUNCTION file_cases(
  written uuid[], me int, rooms_known text,
  k_contact uuid[], k_id uuid[], k_code text[], k_for_whom text[], k_team text[], k_municipality text[],
  k_language text[], k_interpreter text[], k_needs text[], k_priority text[], k_due text[], k_door text[],
  k_at bigint[], k_schema int[], k_answers bytea[], k_proposals bytea[],
  r_contact uuid[], r_room uuid[], r_key text[], r_body bytea[]
) RETURNS uuid[] LANGUAGE plpgsql AS $$
DECLARE
  wanted int;
  filed int;
  mine uuid[];
  others uuid[];
BEGIN
  IF cardinality(k_id) = 0 THEN RETURN '{}'; END IF;
  -- The sessions are locked by now, and only their turns file cases: what is not open here will not be at the commit.
  IF EXISTS (
    SELECT FROM unnest(k_contact, k_for_whom) AS k(contact, for_whom)
      JOIN case_file f ON f.contact_id = k.contact AND f.for_whom = 'self' AND f.status IN ('open', 'claimed')
      WHERE k.for_whom = 'self' AND k.contact = ANY (written)
  ) THEN
    RAISE EXCEPTION 'a case is open' USING ERRCODE = 'P0D02';
  END IF;
  IF rooms_known <> coalesce((
    SELECT string_agg(id || ' ' || coalesce(team, '') || ' ' || detail, ',' ORDER BY id) FROM room
  ), '') THEN
    RAISE EXCEPTION 'the rooms changed' USING ERRCODE = 'P0D04';
  END IF;

  INSERT INTO case_file (id, code, contact_id, for_whom, team, municipality, language, interpreter, needs, priority,
      status, submitted_at, due_on, door)
    SELECT k.id, k.code, k.contact, k.for_whom, k.team, k.municipality, k.language, k.interpreter,
        string_to_array(k.needs, ','), k.priority, 'open', to_timestamp(k.at / 1000.0), k.due::date, k.door
      FROM unnest(k_contact, k_id, k_code, k_for_whom, k_team, k_municipality, k_language, k_interpreter, k_needs,
        k_priority, k_due, k_door, k_at)
        AS k(contact, id, code, for_whom, team, municipality, language, interpreter, needs, priority, due, door, at)
      WHERE k.contact = ANY (written)
    ON CONFLICT (code) DO NOTHING;
  GET DIAGNOSTICS filed = ROW_COUNT;
  SELECT count(*) INTO wanted FROM unnest(k_contact) AS k(contact) WHERE k.contact = ANY (written);
  IF filed < wanted THEN RAISE EXCEPTION 'a code is taken' USING ERRCODE = 'P0D03'; END IF;

  INSERT INTO intake (case_id, version, schema, answers, proposals, submitted_at)
    SELECT k.id, 1, k.schema, k.answers, k.proposals, to_timestamp(k.at / 1000.0)
      FROM unnest(k_contact, k_id, k_schema, k_answers, k_proposals, k_at)
        AS k(contact, id, schema, answers, proposals, at)
      WHERE k.contact = ANY (written);
  INSERT INTO case_event (case_id, at, kind)
    SELECT k.id, to_timestamp(k.at / 1000.0), 'submitted' FROM unnest(k_contact, k_id, k_at) AS k(contact, id, at)
      WHERE k.contact = ANY (written);

  -- Last, because a room's row is locked until the commit, and every case's card needs it. In one order.
  PERFORM FROM room WHERE id = ANY (r_room) ORDER BY id FOR NO KEY UPDATE;
  WITH cards AS (
    SELECT r.room, r.key, r.body, row_number() OVER (PARTITION BY r.room ORDER BY r.place)::int AS place
      FROM unnest(r_contact, r_room, r_key, r_body) WITH ORDINALITY AS r(contact, room, key, body, place)
      WHERE r.contact = ANY (written)
  ), numbered AS (
    UPDATE room SET sent = room.sent + c.cards
      FROM (SELECT room, count(*)::int AS cards FROM cards GROUP BY room) c WHERE room.id = c.room
      RETURNING room.id, room.sent - c.cards AS before
  ), placed AS (
    INSERT INTO outbox (lane, n, owner, body, key)
      SELECT c.room, n.before + c.place,
          coalesce((SELECT x.owner FROM outbox x WHERE x.lane = c.room AND x.owner IS NOT NULL ORDER BY x.n LIMIT 1), me),
          c.body, c.key
        FROM cards c JOIN numbered n ON n.id = c.room
      RETURNING lane, owner
  )
  SELECT array_agg(DISTINCT lane) FILTER (WHERE owner = me), array_agg(DISTINCT lane) FILTER (WHERE owner <> me)
    INTO mine, others FROM placed;
  PERFORM pg_notify('outbox', lane::text) FROM unnest(others) AS lane;
  RETURN coalesce(mine, '{}');
END $$;
