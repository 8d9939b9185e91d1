import { html } from "hono/html";
import type { RenderedMessage } from "../../domain/prompt.ts";
import type { StaffTexts } from "../texts.ts";
import type { Html } from "./layout.ts";

/** A text in one language: by the key of a prompt, or the agreement itself. */
export interface Printed {
  language: string;
  direction: RenderedMessage["direction"];
  agreement: string;
  version: string;
  title: string;
  binding: string;
  place: string;
  name: string;
  signature: string;
  interpreter: string;
}

/** The agreement on paper: the person's language beside the binding German text, with lines to sign on. */
export function printAgreement(texts: StaffTexts, code: string, own: Printed, german: Printed): Html {
  const both = own.language === "de" ? [german] : [own, german];
  const [left] = both as [Printed];
  // Line beside line, so that what means the same stands on one level.
  const lines = both.map((one) => one.agreement.split("\n"));
  const rows = Array.from({ length: Math.max(...lines.map((all) => all.length)) }, (_, index) =>
    both.map((one, column) => cell(one, lines[column]?.[index] ?? "")),
  );
  return html`<div class="staff-noprint staff-print__head"><h1 class="kern-heading-large">${texts("print.page", { code })}</h1><p class="kern-body">${texts("print.hint")}</p>
<button class="kern-btn kern-btn--primary" type="button" id="print" hidden><span class="kern-label">${texts("print.button")}</span></button></div>
<article class="staff-print">
<table class="staff-print__text"><caption class="kern-sr-only">${texts("print.page", { code })}</caption>
<thead><tr>${both.map((one) => html`<th scope="col" lang="${tag(one)}" dir="${one.direction}">${one.title}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row}</tr>`)}</tbody>
</table>
${both.length > 1 && html`<p class="staff-print__note" lang="${tag(left)}" dir="${left.direction}">${left.binding}</p>`}
<dl class="staff-print__lines">${(["name", "place", "signature", "interpreter"] as const).map(
    (line) =>
      html`<div><dt>${both.map((one, index) => html`${index > 0 && " / "}<span lang="${tag(one)}" dir="${one.direction}">${one[line]}</span>`)}</dt><dd></dd></div>`,
  )}</dl>
<p class="staff-print__note">${texts("print.foot", { code, version: german.version })}</p>
</article>`;
}

function cell(one: Printed, line: string): Html {
  return html`<td lang="${tag(one)}" dir="${one.direction}">${line}</td>`;
}

function tag({ language }: Printed): string {
  return language.split("-")[0] ?? language;
}
