import { digits } from "./folded.ts";

/** Reads a phone number: 7 to 15 digits, with a plus in front or not. Spaces and signs between them are left out. */
export function parsePhone(words: string): string | undefined {
  // "+49 (0)170" is dialled without the zero.
  const said = digits(words.normalize("NFKC"))
    .replace("(0)", "")
    .replace(/[\s()/.\-–]/g, "");
  const number = /^(?:\D*?)(\+?\d{7,15})\D*$/.exec(said)?.[1];
  return number?.replace(/^00/, "+");
}
