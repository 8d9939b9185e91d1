-- AlterTable
ALTER TABLE "case_file" ADD COLUMN "claimed_by_id" TEXT;
