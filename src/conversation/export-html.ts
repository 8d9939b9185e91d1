/** Markup that needs no further escaping. */
export interface Markup {
  markup: string;
}

/** Puts values into markup: text is escaped, markup stays, a list is joined, what is false or missing is left out. */
export function markup(pieces: TemplateStringsArray, ...values: Content[]): Markup {
  return { markup: String.raw({ raw: pieces }, ...values.map(toMarkup)) };
}
type Content = string | number | Markup | Markup[] | undefined | false;

function toMarkup(value: Content): string {
  if (value === undefined || value === false) return "";
  if (Array.isArray(value)) return value.map((one) => one.markup).join("\n");
  return typeof value === "object" ? value.markup : escaped(String(value));
}

/** A text of ours: bold as it is marked, lines as they are. */
export function prose(text: string): Markup {
  const bold = escaped(text).replaceAll(/\*\*(?=\S)(.+?)(?<=\S)\*\*/g, "<strong>$1</strong>");
  return { markup: `<p>${bold.replaceAll("\n", "<br>\n")}</p>` };
}

/** A section with its heading. */
export function section(title: string, ...content: (Markup | undefined | false)[]): Markup {
  return markup`<section><h2>${title}</h2>
${content.flatMap((one) => one || [])}
</section>`;
}

/** Labels with their values. */
export function pairs(items: [label: string, value: string][]): Markup {
  return markup`<dl>${items.map(([label, value]) => markup`<div><dt>${label}</dt><dd><bdi>${value}</bdi></dd></div>`)}</dl>`;
}

/** A page that stands for itself: opened from a disk, without network, and printed. */
export function frame(
  { language, direction, title }: { language: string; direction: "ltr" | "rtl"; title: string },
  body: Markup[],
): string {
  const page = markup`<!doctype html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${{ markup: style }}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;
  return page.markup;
}

const style = `
:root { --line: light-dark(#c5cad3, #4a505c); --soft: light-dark(#f2f4f7, #22262e); }
body { margin: 0; font: 1rem/1.5 system-ui, "Noto Sans", "Noto Sans Arabic", sans-serif; overflow-wrap: anywhere; }
main { max-inline-size: 46rem; margin-inline: auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.3rem; margin: 2.25rem 0 .5rem; padding-block-end: .25rem; border-block-end: 2px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.25rem 0 .25rem; }
p { margin: .5rem 0; }
ul { margin: .5rem 0; padding-inline-start: 1.25rem; }
dl { margin: .5rem 0; }
dl div { display: grid; grid-template-columns: minmax(9rem, 1fr) 2fr; gap: .25rem 1rem; padding: .3rem 0; border-block-end: 1px solid var(--line); }
dt { font-weight: 600; }
dd { margin: 0; }
blockquote { margin: .5rem 0; padding: .5rem 1rem; background: var(--soft); border-inline-start: 4px solid var(--line); }
.small { font-size: .9rem; }
.time { font-size: .85rem; opacity: .75; }
@media (max-width: 30rem) { dl div { grid-template-columns: 1fr; } }
@media print {
  :root { color-scheme: light; }
  body { font-size: 10.5pt; }
  main { max-inline-size: none; padding: 0; }
  h2, h3 { break-after: avoid; }
  dl div, blockquote, li { break-inside: avoid; }
}
@page { margin: 18mm; }
`;

function escaped(text: string): string {
  const entities: { [sign: string]: string } = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
