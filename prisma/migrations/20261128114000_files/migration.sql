-- A file made for a person, sealed, until it is sent or fetched once; only the hash of its link is kept.
CREATE TABLE "file" (
  "id" UUID NOT NULL,
  "contact_id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "type" TEXT NOT NULL,
  "language" TEXT NOT NULL,
  "body" BYTEA NOT NULL,
  "token_hash" BYTEA,
  "expires_at" TIMESTAMPTZ NOT NULL,
  "used_at" TIMESTAMPTZ,
  "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "file_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "file_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "file_token_hash_key" ON "file" ("token_hash");
CREATE INDEX "file_contact_id_idx" ON "file" ("contact_id");
