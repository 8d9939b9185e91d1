// No vowels, so that no words come out, and of what looks alike only one (0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V).
const alphabet = "234679CDFHJKMNPQRTWXY";

/** How a case's code looks; it is read as upper case, with or without the dash. */
export const codePattern = /^([234679CDFHJKMNPQRTWXY]{2})-?([234679CDFHJKMNPQRTWXY]{3})$/;

/**
 * Makes a case's code such as K7-42M: a name, never a credential. Random, so it tells neither order nor number of
 * cases; about four million of them, so the caller must try again when one is taken.
 *
 * @param random gives a whole number from 0 to below its argument
 */
export function makeCode(random: (below: number) => number): string {
  const letter = () => alphabet[random(alphabet.length)] ?? "";
  return `${letter()}${letter()}-${letter()}${letter()}${letter()}`;
}
