-- Links and sessions belong to a staff record. Those that only had a name end: who had them gets a new link.
DELETE FROM "staff_link";
DELETE FROM "staff_session";

-- Without a person it is the link for the first administrator.
ALTER TABLE "staff_link"
  DROP COLUMN "name",
  ADD COLUMN "staff_id" UUID,
  ADD CONSTRAINT "staff_link_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "staff_session"
  DROP COLUMN "name",
  ADD COLUMN "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  ADD COLUMN "staff_id" UUID NOT NULL,
  ADD COLUMN "device" TEXT,
  ADD COLUMN "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ADD CONSTRAINT "staff_session_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE UNIQUE INDEX "staff_session_id_key" ON "staff_session" ("id");
CREATE INDEX "staff_session_staff_id_idx" ON "staff_session" ("staff_id");

-- Who read which part of a case, and when: shown to the person and to the administrator.
CREATE TABLE "reading" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "case_id" UUID NOT NULL,
  "staff_id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "part" TEXT NOT NULL,
  "at" TIMESTAMPTZ NOT NULL,
  "last_at" TIMESTAMPTZ NOT NULL,
  CONSTRAINT "reading_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "reading_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "reading_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "reading_case_id_staff_id_part_idx" ON "reading" ("case_id", "staff_id", "part");
CREATE INDEX "reading_at_idx" ON "reading" ("at");

-- Whose cases are looked for by everything that asks who may see them.
CREATE INDEX "case_file_team_idx" ON "case_file" ("team");
CREATE INDEX "case_file_claimed_by_id_idx" ON "case_file" ("claimed_by_id");
