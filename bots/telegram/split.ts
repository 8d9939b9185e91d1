// From the best place to part a text to the worst.
const breaks = [/\n\s*\n/g, /\n/g, /[.!?…؟۔。]["»”)]*\s/g, /\s/g];

/**
 * Parts a text into pieces of at most `limit` UTF-16 units: between paragraphs, else lines, else sentences, else words.
 * Returns where each piece begins and ends in the text, without the white space between them.
 */
export function split(text: string, limit: number): { start: number; end: number }[] {
  const pieces: { start: number; end: number }[] = [];
  let start = skipSpace(text, 0);
  while (text.length - start > limit) {
    const end = findEnd(text, start, limit);
    pieces.push({ start, end: trimEnd(text, start, end) });
    start = skipSpace(text, end);
  }
  const end = trimEnd(text, start, text.length);
  return start < end || pieces.length === 0 ? [...pieces, { start, end }] : pieces;
}

function findEnd(text: string, start: number, limit: number): number {
  // One more, so that white space right behind a full piece counts.
  const window = text.slice(start, start + limit + 1);
  for (const pattern of breaks) {
    const ends = [...window.matchAll(pattern)].map((match) => match.index + match[0].trimEnd().length);
    // A piece shorter than half is no good place, unless there is no other.
    const end = ends.findLast((at) => at <= limit && at > (pattern === breaks.at(-1) ? 0 : limit / 2));
    if (end !== undefined) return start + end;
  }
  const cutsPair = isHighSurrogate(text, start + limit - 1);
  return start + limit - (cutsPair ? 1 : 0);
}

/** Cuts a text after at most `limit` UTF-16 units, never inside a character. */
export function cut(text: string, limit: number): string {
  return text.length <= limit ? text : text.slice(0, limit - (isHighSurrogate(text, limit - 1) ? 1 : 0));
}

function isHighSurrogate(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text.charAt(at))) at++;
  return at;
}

function trimEnd(text: string, start: number, end: number): number {
  return start + text.slice(start, end).trimEnd().length;
}
