-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "keyring" (
    "name" TEXT NOT NULL,
    "wrapped" BYTEA NOT NULL,

    CONSTRAINT "keyring_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "contact" (
    "id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "address_hash" BYTEA NOT NULL,
    "address" BYTEA NOT NULL,
    "data_key" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "contact_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "language" TEXT,
    "conversation" BYTEA NOT NULL,
    "sent" INTEGER NOT NULL,
    "silent" TEXT,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "remind_at" TIMESTAMPTZ,

    CONSTRAINT "session_pkey" PRIMARY KEY ("contact_id")
);

-- CreateTable
CREATE TABLE "seen" (
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "seen_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "lane" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "owner" INTEGER,
    "body" BYTEA NOT NULL,
    "key" TEXT,
    "expires_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("lane","n")
);

-- CreateTable
CREATE TABLE "dropped" (
    "lane" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dropped_pkey" PRIMARY KEY ("lane","n")
);

-- CreateTable
CREATE TABLE "message" (
    "contact_id" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    "body" BYTEA NOT NULL,

    CONSTRAINT "message_pkey" PRIMARY KEY ("contact_id","n")
);

-- CreateTable
CREATE TABLE "agreement_text" (
    "hash" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "shown_first" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agreement_text_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "agreement" (
    "id" UUID NOT NULL,
    "schema_version" TEXT NOT NULL,
    "contact_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "recipient" TEXT,
    "state" TEXT NOT NULL,
    "text_hash" TEXT NOT NULL,
    "text_version" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "way" TEXT NOT NULL,
    "legal_basis" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "agreement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_file" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "contact_id" UUID,
    "for_whom" TEXT NOT NULL,
    "team" TEXT NOT NULL,
    "municipality" TEXT,
    "language" TEXT NOT NULL,
    "interpreter" TEXT,
    "needs" TEXT[],
    "priority" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "call_asked_at" TIMESTAMPTZ,
    "claimed_by" TEXT,
    "claimed_at" TIMESTAMPTZ,
    "submitted_at" TIMESTAMPTZ NOT NULL,
    "due_on" DATE NOT NULL,

    CONSTRAINT "case_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "intake" (
    "case_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "schema" INTEGER NOT NULL,
    "answers" BYTEA NOT NULL,
    "proposals" BYTEA NOT NULL,
    "submitted_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "intake_pkey" PRIMARY KEY ("case_id","version")
);

-- CreateTable
CREATE TABLE "case_event" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "case_id" UUID NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    "kind" TEXT NOT NULL,
    "by" TEXT,

    CONSTRAINT "case_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "room" (
    "id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "address_hash" BYTEA NOT NULL,
    "address" BYTEA NOT NULL,
    "data_key" BYTEA NOT NULL,
    "team" TEXT,
    "detail" TEXT NOT NULL,
    "sent" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "room_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "card" (
    "case_id" UUID NOT NULL,
    "room_id" UUID NOT NULL,
    "ref" TEXT NOT NULL,

    CONSTRAINT "card_pkey" PRIMARY KEY ("case_id","room_id")
);

-- CreateTable
CREATE TABLE "door" (
    "code" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "door_pkey" PRIMARY KEY ("code","day")
);

-- CreateTable
CREATE TABLE "staff_link" (
    "hash" BYTEA NOT NULL,
    "name" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "used_at" TIMESTAMPTZ,

    CONSTRAINT "staff_link_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "staff_session" (
    "hash" BYTEA NOT NULL,
    "name" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "staff_session_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE UNIQUE INDEX "contact_address_hash_key" ON "contact"("address_hash");

-- CreateIndex
CREATE INDEX "session_remind_at_idx" ON "session"("remind_at");

-- CreateIndex
CREATE INDEX "session_updated_at_idx" ON "session"("updated_at");

-- CreateIndex
CREATE INDEX "seen_at_idx" ON "seen" USING BRIN ("at");

-- CreateIndex
CREATE INDEX "outbox_owner_idx" ON "outbox"("owner");

-- CreateIndex
CREATE INDEX "agreement_contact_id_purpose_idx" ON "agreement"("contact_id", "purpose");

-- CreateIndex
CREATE UNIQUE INDEX "case_file_code_key" ON "case_file"("code");

-- CreateIndex
CREATE INDEX "case_file_status_priority_submitted_at_idx" ON "case_file"("status", "priority", "submitted_at");

-- CreateIndex
CREATE INDEX "case_file_contact_id_idx" ON "case_file"("contact_id");

-- CreateIndex
CREATE INDEX "case_event_case_id_at_idx" ON "case_event"("case_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "room_address_hash_key" ON "room"("address_hash");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreement" ADD CONSTRAINT "agreement_text_hash_fkey" FOREIGN KEY ("text_hash") REFERENCES "agreement_text"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_file" ADD CONSTRAINT "case_file_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "intake" ADD CONSTRAINT "intake_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_event" ADD CONSTRAINT "case_event_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "card" ADD CONSTRAINT "card_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "card" ADD CONSTRAINT "card_room_id_fkey" FOREIGN KEY ("room_id") REFERENCES "room"("id") ON DELETE CASCADE ON UPDATE CASCADE;


