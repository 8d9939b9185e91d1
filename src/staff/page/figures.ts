import { html } from "hono/html";
import { fewest, type ShownCount, type ShownTable } from "../../domain/suppression.ts";
import type { FigureTable } from "../figures.ts";
import type { StaffTexts } from "../texts.ts";
import type { Html } from "./layout.ts";
import { section } from "./section.ts";

type Shown = { label: string; group?: string; shown: ShownCount };

/** One table of figures, as far as it may be shown. */
export function figureTable(texts: StaffTexts, table: FigureTable, shown: ShownTable | undefined): Html {
  const title = texts(`figures.${table.name}`);
  if (shown?.type !== "shown") {
    return section(table.name, title, html`<p class="kern-body kern-body--muted">${texts("figures.withheld")}</p>`);
  }
  const rows = table.rows.flatMap((row, index) => {
    const cell = shown.cells[index];
    return cell ? [{ ...row, shown: cell.shown }] : [];
  });
  const groups = [...new Set(rows.map(({ group }) => group))];
  const hint = table.sums ? "" : html`<p class="kern-body kern-body--muted">${texts("figures.several")}</p>`;
  return section(
    table.name,
    title,
    html`${hint}<table class="kern-table staff-counts"><caption class="kern-sr-only">${title}</caption>
<thead><tr class="kern-table__row"><th class="kern-table__header" scope="col">${title}</th><th class="kern-table__header kern-table__header--numeric" scope="col">${texts("figures.cases")}</th></tr></thead>
${groups.map((group) =>
  groupBody(
    texts,
    group,
    rows.filter((row) => row.group === group),
  ),
)}
${table.sums && html`<tfoot class="kern-table__footer">${sumRow(texts, texts("figures.sum"), sumOf(shown))}</tfoot>`}
</table>`,
  );
}

/** A count, or what is said instead of it. */
export function shownCount(texts: StaffTexts, shown: ShownCount): string {
  if (shown.type === "few") return texts("figures.few", { count: fewest });
  return shown.type === "some" ? texts("figures.some", { count: fewest }) : String(shown.count);
}

function groupBody(texts: StaffTexts, group: string | undefined, rows: Shown[]): Html {
  const lines = rows.map(
    ({ label, shown }) =>
      html`<tr class="kern-table__row"><th class="kern-table__cell ${group !== undefined && "staff-counts__part"}" scope="row">${label}</th><td class="kern-table__cell kern-table__cell--numeric">${shownCount(texts, shown)}</td></tr>`,
  );
  // The sum of what is shown tells nothing that is not shown.
  const head = group !== undefined && sumRow(texts, group, sumOfGroup(rows));
  return html`<tbody class="kern-table__body">${head}${lines}</tbody>`;
}

function sumRow(texts: StaffTexts, label: string, sum: { count: number; exact: boolean }): Html {
  // "At least 0" says nothing.
  const least = sum.count > 0 ? texts("figures.atLeast", { count: sum.count }) : "";
  const text = sum.exact ? String(sum.count) : least;
  return html`<tr class="kern-table__row staff-counts__sum"><th class="kern-table__cell" scope="row">${label}</th><td class="kern-table__cell kern-table__cell--numeric">${text}</td></tr>`;
}

function sumOf(shown: ShownTable & { type: "shown" }): { count: number; exact: boolean } {
  const { count, exact } = shown.sum;
  // One count is withheld and at least five.
  return exact ? shown.sum : { count: count + fewest, exact };
}

function sumOfGroup(rows: Shown[]): { count: number; exact: boolean } {
  const least = { few: 0, some: fewest };
  const counts = rows.map(({ shown }) => (shown.type === "count" ? shown.count : least[shown.type]));
  return {
    count: counts.reduce((sum, count) => sum + count, 0),
    exact: rows.every(({ shown }) => shown.type === "count"),
  };
}
