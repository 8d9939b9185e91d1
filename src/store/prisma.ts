import { PrismaPg } from "@prisma/adapter-pg";
import type { Pool } from "pg";
import type { PrismaClient } from "./generated/client.ts";

/** Gives the Prisma client; the first call loads it. */
export type OpenPrisma = () => Promise<PrismaClient>;

/**
 * Prepares Prisma's client on a pool, which stays the caller's to end. It is loaded at its first use: it takes some
 * 50 MB that a process without staff at work need not have.
 */
export function lazyPrisma(pool: Pool): OpenPrisma {
  let client: Promise<PrismaClient> | undefined;
  return () => {
    client ??= import("./generated/client.ts").then(
      ({ PrismaClient }) => new PrismaClient({ adapter: new PrismaPg(pool) }),
    );
    return client;
  };
}
