import { split } from "./split.ts";

type Span = { start: number; end: number };

/**
 * Turns a text with `**bold**` into the Bot API's HTML, in as many pieces as needed for at most `limit` UTF-16 units
 * each (Telegram counts without markup). Bold that a cut goes through is bold on both sides.
 */
export function toHtml(text: string, limit: number): string[] {
  const { plain, bold } = readBold(text);
  return split(plain, limit).map((piece) => htmlOf(plain, bold, piece));
}

/** Takes the markup out of a text and says where it was. A pair of stars without its other half stays as it is. */
function readBold(text: string): { plain: string; bold: Span[] } {
  let plain = "";
  let end = 0;
  const bold: Span[] = [];
  for (const match of text.matchAll(/\*\*(?=\S)(.+?)(?<=\S)\*\*/g)) {
    plain += text.slice(end, match.index);
    const inner = match[1] ?? "";
    bold.push({ start: plain.length, end: plain.length + inner.length });
    plain += inner;
    end = match.index + match[0].length;
  }
  return { plain: plain + text.slice(end), bold };
}

function htmlOf(plain: string, bold: Span[], { start, end }: Span): string {
  let html = "";
  let at = start;
  for (const span of bold) {
    const from = Math.max(span.start, at);
    const to = Math.min(span.end, end);
    if (from >= to) continue;
    html += `${escapeHtml(plain.slice(at, from))}<b>${escapeHtml(plain.slice(from, to))}</b>`;
    at = to;
  }
  return html + escapeHtml(plain.slice(at, end));
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
