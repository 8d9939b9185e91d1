import type { ExportOf } from "./export-page.ts";

/** Version of the file's shape. */
const format = "lotse-export-1";

/** Everything that is kept of a person, for other programs: codes as they are stored, times in ISO 8601. */
export function exportJson({ own, place, language, at }: ExportOf): string {
  const about = { format, place: place.id, language, madeAt: new Date(at).toISOString() };
  return `${JSON.stringify({ ...about, ...own }, undefined, 2)}\n`;
}
