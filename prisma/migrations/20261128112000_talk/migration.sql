-- When whoever works on the case last saw what the person wrote.
ALTER TABLE "case_file" ADD COLUMN "talk_read_at" TIMESTAMPTZ;

-- The few sessions in which staff and person write to each other: sweeps look for words that nobody was told of, and for
-- talks that fell silent. Turns change neither column, so their updates still touch no index.
CREATE INDEX "session_talking_idx" ON "session" ("contact_id") WHERE "talking" IS NOT NULL;
