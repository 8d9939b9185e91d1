-- Named people who work on cases, with their roles. Whoever leaves is ended, not deleted: the history names them.
CREATE TABLE "staff" (
  "id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "show_name" BOOLEAN NOT NULL DEFAULT false,
  "email" BYTEA,
  "employer" TEXT,
  "team" TEXT,
  "languages" TEXT[] NOT NULL DEFAULT '{}',
  "roles" TEXT[] NOT NULL,
  "share" INTEGER NOT NULL DEFAULT 100,
  "absent_from" DATE,
  "absent_until" DATE,
  "cover_id" UUID,
  "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "ended_at" TIMESTAMPTZ,
  CONSTRAINT "staff_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "staff_cover_id_fkey" FOREIGN KEY ("cover_id") REFERENCES "staff" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- What a case manager does with a case. Every act raises the version, which the page's forms carry.
ALTER TABLE "case_file"
  ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1,
  ADD COLUMN "stage" TEXT,
  ADD COLUMN "outcome" TEXT,
  ADD COLUMN "closed_at" TIMESTAMPTZ,
  ADD COLUMN "contact_person_id" UUID,
  ADD COLUMN "interpreter_done_at" TIMESTAMPTZ,
  ADD COLUMN "signed_at" TIMESTAMPTZ,
  ADD COLUMN "last_person_at" TIMESTAMPTZ,
  ADD COLUMN "last_staff_at" TIMESTAMPTZ,
  ADD COLUMN "escalated" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "escalate_at" TIMESTAMPTZ,
  ADD COLUMN "late_told_at" TIMESTAMPTZ,
  ADD CONSTRAINT "case_file_contact_person_id_fkey"
    FOREIGN KEY ("contact_person_id") REFERENCES "staff" ("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Who did it by a stable id; codes and names of offices as facts; words sealed with the contact's key.
ALTER TABLE "case_event"
  ADD COLUMN "by_id" TEXT,
  ADD COLUMN "facts" JSONB,
  ADD COLUMN "words" BYTEA;

-- The case whose manager is writing with the person: flows are silent meanwhile.
ALTER TABLE "session" ADD COLUMN "talking" UUID;
