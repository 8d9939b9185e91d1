-- What was erased: ids and a day, nothing else. Copied into a list outside of the database, from which the erasures are
-- repeated after a restore; `id` tells which of them a restored database has already.
CREATE TABLE "erased" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "subject" TEXT NOT NULL,
  "subject_id" UUID NOT NULL,
  "day" DATE NOT NULL DEFAULT (now() AT TIME ZONE 'Europe/Berlin')::date,
  "listed" BOOLEAN NOT NULL DEFAULT false,
  CONSTRAINT "erased_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "erased_subject_id_idx" ON "erased" ("subject_id");
CREATE INDEX "erased_unlisted_idx" ON "erased" ("listed") WHERE NOT "listed";

-- What each night's run removed: counts per kind.
CREATE TABLE "retention_report" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "counts" JSONB NOT NULL,
  CONSTRAINT "retention_report_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "retention_report_at_idx" ON "retention_report" ("at");

-- The keys that ENCRYPTION_KEY has had, by their ids: which one wraps, and since when an older one is not needed.
CREATE TABLE "encryption_key" (
  "id" TEXT NOT NULL,
  "first_used_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "replaced_at" TIMESTAMPTZ,
  "unused_since" TIMESTAMPTZ,
  CONSTRAINT "encryption_key_pkey" PRIMARY KEY ("id")
);

-- The record of agreements stays append-only, but for what its period is over of. The period is the place's; that it
-- never is shorter than a year, and that the person is gone, is held here, whoever asks.
DROP TRIGGER "agreement_append_only" ON "agreement";
CREATE TRIGGER "agreement_append_only" BEFORE UPDATE OR TRUNCATE ON "agreement"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE FUNCTION refuse_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('lotse.forgetting', true) IS DISTINCT FROM 'agreements'
    OR OLD.at > now() - interval '1 year'
    OR EXISTS (SELECT FROM contact c WHERE c.id = OLD.contact_id)
  THEN
    RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME;
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER "agreement_kept" BEFORE DELETE ON "agreement" FOR EACH ROW EXECUTE FUNCTION refuse_deletion();

-- Agreements of contacts that are gone, and of whom nothing was heard for the period: neither an agreement nor the
-- erasure. The setting holds within this function alone.
CREATE FUNCTION forgettable_agreements(period interval) RETURNS TABLE (id uuid, since timestamptz)
LANGUAGE sql STABLE AS $$
  SELECT a.id, h.heard FROM agreement a
    JOIN LATERAL (
      SELECT greatest(
        (SELECT max(b.at) FROM agreement b WHERE b.contact_id = a.contact_id),
        (SELECT max(e.day)::timestamptz FROM erased e WHERE e.subject_id = a.contact_id)
      ) AS heard
    ) h ON h.heard < now() - period
    WHERE a.at < now() - period AND NOT EXISTS (SELECT FROM contact c WHERE c.id = a.contact_id)
$$;
CREATE FUNCTION forget_agreements(period interval, most int) RETURNS int LANGUAGE plpgsql
SET lotse.forgetting = 'agreements' AS $$
DECLARE
  gone int;
BEGIN
  IF now() - period > now() - interval '1 year' THEN
    RAISE EXCEPTION 'proof of agreements is kept for a year at least';
  END IF;
  DELETE FROM agreement WHERE id IN (SELECT f.id FROM forgettable_agreements(period) f LIMIT most);
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;
