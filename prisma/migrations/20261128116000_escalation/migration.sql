ALTER TABLE "case_file"
  -- From when on the time to the next step counts; null: since it was sent.
  ADD COLUMN "escalate_from" TIMESTAMPTZ,
  -- Teams other than the case's own that were told of it and may take it on.
  ADD COLUMN "told_teams" TEXT[] NOT NULL DEFAULT '{}',
  -- Whose case it is while a colleague, or the team, stands in for somebody absent.
  ADD COLUMN "covered_for" UUID,
  ADD CONSTRAINT "case_file_covered_for_fkey"
    FOREIGN KEY ("covered_for") REFERENCES "staff" ("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- News for a team or for one member of staff: codes and counts, nothing of the person's.
CREATE TABLE "staff_notice" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "at" TIMESTAMPTZ NOT NULL,
  "kind" TEXT NOT NULL,
  "team" TEXT,
  "staff_id" UUID,
  "case_id" UUID,
  "facts" JSONB NOT NULL DEFAULT '{}',
  -- When the case moved on, so that nobody needs to read it any more.
  "over_at" TIMESTAMPTZ,
  CONSTRAINT "staff_notice_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "staff_notice_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "staff_notice_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "staff_notice_for_somebody" CHECK (("team" IS NULL) <> ("staff_id" IS NULL))
);
CREATE INDEX "staff_notice_case_id_idx" ON "staff_notice" ("case_id");
CREATE INDEX "staff_notice_at_idx" ON "staff_notice" ("at");

CREATE TABLE "staff_notice_seen" (
  "notice_id" UUID NOT NULL,
  "staff_id" UUID NOT NULL,
  "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "staff_notice_seen_pkey" PRIMARY KEY ("notice_id", "staff_id"),
  CONSTRAINT "staff_notice_seen_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "staff_notice" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "staff_notice_seen_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- That a team's overview of a day was made, also where there was nothing to say.
CREATE TABLE "digest" (
  "team" TEXT NOT NULL,
  "day" DATE NOT NULL,
  "at" TIMESTAMPTZ NOT NULL,
  CONSTRAINT "digest_pkey" PRIMARY KEY ("team", "day")
);

-- Whoever moves a case ends what was told of it, and the time to the next step begins anew: no act can forget it. Of
-- somebody who waits for an answer only the first word does, or each one would put the reminder off.
CREATE FUNCTION restart_escalation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status <> OLD.status OR NEW.team <> OLD.team OR NEW.claimed_by_id IS DISTINCT FROM OLD.claimed_by_id
    OR NEW.last_staff_at IS DISTINCT FROM OLD.last_staff_at
    OR (NEW.status = 'claimed' AND NEW.last_person_at IS DISTINCT FROM OLD.last_person_at
      AND (OLD.last_person_at IS NULL OR OLD.last_person_at <= greatest(OLD.claimed_at, OLD.last_staff_at)))
  THEN
    NEW.escalated := 0;
    NEW.escalate_from := now();
    NEW.escalate_at := NULL;
    NEW.told_teams := '{}';
    UPDATE staff_notice SET over_at = now() WHERE case_id = NEW.id AND over_at IS NULL;
  ELSIF NEW.priority <> OLD.priority OR NEW.call_asked_at IS DISTINCT FROM OLD.call_asked_at THEN
    NEW.escalate_at := NULL;
  END IF;
  IF NEW.claimed_by_id IS DISTINCT FROM OLD.claimed_by_id AND NEW.covered_for IS NOT DISTINCT FROM OLD.covered_for THEN
    NEW.covered_for := NULL;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "restart_escalation" BEFORE UPDATE ON "case_file"
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION restart_escalation();

-- Who comes, leaves or is absent changes who has a case: looked after at once, whoever changed it. The worker makes
-- its schema at its first start.
CREATE FUNCTION look_after_cases() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_regnamespace('graphile_worker') IS NOT NULL THEN
    PERFORM graphile_worker.add_job('look-after-cases', job_key => 'look-after-cases');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "look_after_cases" AFTER INSERT OR UPDATE OR DELETE ON "staff"
  FOR EACH STATEMENT EXECUTE FUNCTION look_after_cases();
