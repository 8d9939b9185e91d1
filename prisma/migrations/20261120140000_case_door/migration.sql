-- The partner whose link the person came by; kept only with a case, after the agreement.
ALTER TABLE "case_file" ADD COLUMN "door" TEXT;
