import { html } from "hono/html";
import type { LoggedReading } from "../../store/readings.ts";
import { dateTime } from "../german.ts";
import type { StaffTexts } from "../texts.ts";
import type { Html } from "./layout.ts";

/** Who read which part, and when; of the case only a number, by which its readings are known to belong together. */
export function readingTable(texts: StaffTexts, readings: LoggedReading[]): Html {
  const columns = ["at", "who", "part", "case"] as const;
  return html`<table class="kern-table staff-rows">
<caption class="kern-sr-only">${texts("readings.page")}</caption>
<thead><tr class="kern-table__row">${columns.map((name) => html`<th class="kern-table__header" scope="col">${texts(`readings.${name}`)}</th>`)}</tr></thead>
<tbody class="kern-table__body">${readings.map((reading) => row(texts, reading))}</tbody></table>`;
}

function row(texts: StaffTexts, { at, lastAt, name, part, number }: LoggedReading): Html {
  // Shorter than a minute is a look.
  const until =
    lastAt.getTime() - at.getTime() < 60_000
      ? ""
      : html`<span class="staff-second">${texts("readings.until", { at: dateTime(texts, lastAt) })}</span>`;
  return html`<tr class="kern-table__row">
<th class="kern-table__cell" scope="row">${dateTime(texts, at)}${until}</th>
<td class="kern-table__cell">${name}</td>
<td class="kern-table__cell">${texts.find(`reading.${part}`) ?? part}</td>
<td class="kern-table__cell staff-code">${number}</td></tr>`;
}
