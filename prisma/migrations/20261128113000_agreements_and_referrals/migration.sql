-- In which order a person agreed, what goes to the recipient, and whether somebody interpreted.
ALTER TABLE "agreement"
  ADD COLUMN "n" BIGSERIAL NOT NULL,
  ADD COLUMN "data" TEXT[] NOT NULL DEFAULT '{}',
  ADD COLUMN "interpreter" TEXT;

-- What a message is sent for: it is dropped when the person takes the agreement to that back.
ALTER TABLE "outbox" ADD COLUMN "purpose" TEXT;

-- The person took the agreement to the intake back: nothing of the content is shown or used any more.
ALTER TABLE "case_file" ADD COLUMN "withdrawn_at" TIMESTAMPTZ;

-- The question to a person whether answers of theirs may go to an office, and what became of it.
CREATE TABLE "referral" (
  "id" UUID NOT NULL,
  "case_id" UUID NOT NULL,
  "office" TEXT NOT NULL,
  "items" TEXT[] NOT NULL,
  "intake_version" INTEGER NOT NULL,
  "confidentiality" BOOLEAN NOT NULL,
  "state" TEXT NOT NULL,
  "asked_by" TEXT NOT NULL,
  "asked_by_id" TEXT NOT NULL,
  "asked_at" TIMESTAMPTZ NOT NULL,
  "shown_at" TIMESTAMPTZ,
  "question_at" TIMESTAMPTZ,
  "answered_at" TIMESTAMPTZ,
  "withdrawn_at" TIMESTAMPTZ,
  "handed_over_on" DATE,
  "handed_over_by" TEXT,
  CONSTRAINT "referral_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "referral_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "referral_case_id_idx" ON "referral" ("case_id");
-- One question about an office at a time.
CREATE UNIQUE INDEX "referral_asked" ON "referral" ("case_id", "office") WHERE "state" = 'asked';

DROP FUNCTION record_agreements;

-- Appends to the record of agreements, of contacts in `written`. x_ are the texts that may not be kept yet. a_data are
-- codes, joined by commas.
CREATE FUNCTION record_agreements(
  written uuid[],
  x_hash text[], x_purpose text[], x_path text[], x_version text[], x_language text[], x_body text[],
  a_contact uuid[], a_id uuid[], a_schema text[], a_purpose text[], a_recipient text[], a_state text[], a_hash text[],
  a_version text[], a_language text[], a_channel text[], a_way text[], a_basis text[], a_place text[], a_data text[],
  a_at bigint[]
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF cardinality(x_hash) > 0 THEN
    INSERT INTO agreement_text (hash, purpose, path, version, language, body)
      SELECT * FROM unnest(x_hash, x_purpose, x_path, x_version, x_language, x_body) ON CONFLICT DO NOTHING;
  END IF;
  INSERT INTO agreement (id, schema_version, contact_id, purpose, recipient, state, text_hash, text_version, language,
      channel, way, legal_basis, place, data, at)
    SELECT a.id, a.schema, a.contact, a.purpose, a.recipient, a.state, a.hash, a.version, a.language, a.channel, a.way,
        a.basis, a.place, string_to_array(a.data, ','), to_timestamp(a.at / 1000.0)
      FROM unnest(a_contact, a_id, a_schema, a_purpose, a_recipient, a_state, a_hash, a_version, a_language, a_channel,
        a_way, a_basis, a_place, a_data, a_at)
        AS a(contact, id, schema, purpose, recipient, state, hash, version, language, channel, way, basis, place, data, at)
      WHERE a.contact = ANY (written);
END $$;
