const first = "\u2068";
const pop = "\u2069";

// Latin letters, digits and what stands between them, such as in "§ 24", "05251 000000" or an address on the web.
// What is isolated already, and placeholders, stay as they are.
const latin =
  /\u2068[^\u2069]*\u2069|\{\{[^}]*\}\}|(?:§ ?|[+#@])?[A-Za-z0-9À-ɏ](?:[A-Za-z0-9À-ɏ§.,:;/@#&+=?_%\-–' ]*[A-Za-z0-9À-ɏ%])?(?: \([A-Za-z0-9 ]+\))?/g;

/** Isolates left-to-right pieces of a right-to-left text, so that they do not change places with their neighbours. */
export function isolateLatin(text: string): string {
  return text.replace(latin, (piece) => (piece.startsWith("{{") ? piece : isolate(piece)));
}

/** Isolates one piece of whatever direction. */
export function isolate(piece: string): string {
  return piece.startsWith(first) ? piece : `${first}${piece}${pop}`;
}

/** Takes out the marks that a text of people could use to turn ours around, and all other control characters. */
export function withoutControls(words: string): string {
  return words.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (sign) =>
    sign === "\n" || sign === "\u200c" || sign === "\u200d" ? sign : " ",
  );
}
