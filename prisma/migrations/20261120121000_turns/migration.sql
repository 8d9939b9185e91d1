-- Room on each page, so that a session's update stays on its page and touches no index.
ALTER TABLE "session" SET (fillfactor = 60);
-- Few rows, many passes: without this the dead rows of sent messages pile up between two vacuums.
ALTER TABLE "outbox" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000);

-- Each process that sends takes a number.
CREATE SEQUENCE "owner";

-- The record of agreements is only ever added to.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME;
END $$;
CREATE TRIGGER "agreement_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "agreement"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "agreement_text_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "agreement_text"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Writes a batch of turns, each whole or not at all. `written` are the contacts whose turn was written: those whose
-- session is still as it was loaded (UUID and version), or that version 0 says are new and nobody made meanwhile.
-- `handed` are the lanes whose rows another process will send, because it is sending that lane already: it is told.
-- A message that was seen before undoes the whole batch (P0D01): the caller loads again and leaves it out.
-- Arrays of one letter belong together: c_ new contacts, s_ sessions, e_ seen ids, o_ outbox rows, m_ messages kept
-- for staff. `me` is the caller's owner number; rows with o_pulled are fetched by their receiver.
CREATE FUNCTION commit_turns(
  me int,
  c_id uuid[], c_channel text[], c_hash bytea[], c_address bytea[], c_key bytea[],
  s_contact uuid[], s_id uuid[], s_version int[], s_language text[], s_conversation bytea[], s_sent int[],
  s_silent text[], s_remind bigint[], s_at bigint,
  e_contact uuid[], e_id text[],
  o_lane uuid[], o_n int[], o_body bytea[], o_pulled int[],
  m_contact uuid[], m_n int[], m_at bigint[], m_body bytea[],
  OUT written uuid[], OUT handed uuid[]
) LANGUAGE plpgsql AS $$
DECLARE
  seen_wanted int;
  seen_now int;
  every boolean;
BEGIN
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

  IF every THEN
    seen_wanted := cardinality(e_id);
    INSERT INTO seen (id) SELECT unnest(e_id) ON CONFLICT DO NOTHING;
  ELSE
    SELECT count(*) INTO seen_wanted FROM unnest(e_contact) AS e(contact) WHERE e.contact = ANY (written);
    INSERT INTO seen (id) SELECT e.id FROM unnest(e_contact, e_id) AS e(contact, id) WHERE e.contact = ANY (written)
      ON CONFLICT DO NOTHING;
  END IF;
  GET DIAGNOSTICS seen_now = ROW_COUNT;
  IF seen_now < seen_wanted THEN RAISE EXCEPTION 'seen before' USING ERRCODE = 'P0D01'; END IF;

  IF cardinality(o_lane) > 0 THEN
    WITH placed AS (
      INSERT INTO outbox (lane, n, body, owner)
        SELECT o.lane, o.n, o.body, CASE o.pulled WHEN 0 THEN
            coalesce((SELECT x.owner FROM outbox x WHERE x.lane = o.lane ORDER BY x.n LIMIT 1), me) END
          FROM unnest(o_lane, o_n, o_body, o_pulled) AS o(lane, n, body, pulled)
          WHERE every OR o.lane = ANY (written)
        RETURNING lane, owner
    )
    SELECT coalesce(array_agg(DISTINCT lane), '{}') INTO handed FROM placed WHERE owner <> me;
    IF cardinality(handed) > 0 THEN
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
