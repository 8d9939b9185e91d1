import type { ClaimResult } from "../store/claim.ts";
import { dateTime } from "./german.ts";
import type { StaffTexts } from "./texts.ts";

// Telegram's limit for the answer to a press is 200 characters; a name is the only part of ours that may be long.
const nameLength = 60;

/** What is said to whoever claimed a case: a toast in a room, a notice on the page. */
export function claimNotice(texts: StaffTexts, code: string, result: ClaimResult): string {
  switch (result.type) {
    case "claimed":
      return texts("claim.claimed", { code });
    case "taken":
      return texts("claim.taken", { code, name: result.by, at: dateTime(texts, result.at) });
    case "closed":
      return texts("claim.closed", { code });
    case "unknown":
      return texts("claim.unknown", { code });
  }
}

/** A colleague's name as it is stored and shown: what a platform gives may be long, empty or full of odd characters. */
export function staffName(given: string): string {
  const name = given
    .replaceAll(/\p{C}+/gu, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
  return [...name].slice(0, nameLength).join("") || "?";
}
