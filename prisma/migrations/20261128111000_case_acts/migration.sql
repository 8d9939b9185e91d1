-- What a human decided about a proposal, beside the proposal, which stays as it was made (art. 22 GDPR). The last one counts.
CREATE TABLE "decision" (
  "id" UUID NOT NULL,
  "case_id" UUID NOT NULL,
  "intake_version" INTEGER NOT NULL,
  "kind" TEXT NOT NULL,
  "at" TIMESTAMPTZ NOT NULL,
  "by" TEXT NOT NULL,
  "by_id" TEXT NOT NULL,
  -- The rule, the offices and the reason in words, sealed with the contact's key.
  "body" BYTEA NOT NULL,
  "told_at" TIMESTAMPTZ,
  "told_by" TEXT,
  CONSTRAINT "decision_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "decision_case_id_intake_version_fkey" FOREIGN KEY ("case_id", "intake_version")
    REFERENCES "intake" ("case_id", "version") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX "decision_case_id_at_idx" ON "decision" ("case_id", "at");

-- The version of the case that an event made: whoever acts on an older one is told what happened since.
ALTER TABLE "case_event" ADD COLUMN "version" INTEGER;
