import { defineConfig } from "prisma/config";

// `prisma generate` asks for the schema engine's path but never runs it: any existing file lets it work
// where the engine's download is not allowed.
if (process.argv.includes("generate")) process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "postgresql://localhost/lotse" },
});
