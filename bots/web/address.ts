import { createHash, randomBytes } from "node:crypto";

/** Name of the one cookie. Its value is the contact's address: whoever has it goes on with this conversation. */
export const cookieName = "lotse_chat";

/** How long a browser keeps the cookie after the last message, in seconds. */
export const cookieAge = 90 * 24 * 60 * 60;

/** Makes an address that nobody can guess: 32 random bytes in base64url. */
export function newAddress(): string {
  return randomBytes(32).toString("base64url");
}

/** Takes a cookie's value for an address, or not when it can't be one of ours. */
export function toAddress(cookie: string | undefined): string | undefined {
  return cookie && /^[A-Za-z0-9_-]{43}$/.test(cookie) ? cookie : undefined;
}

/** Tells conversations apart without telling the address: the start of its hash. */
export function toTag(address: string): string {
  return createHash("sha256").update(address).digest("base64url").slice(0, 12);
}
