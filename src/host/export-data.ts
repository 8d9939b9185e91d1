import type { PoolClient } from "pg";
import { exportJson } from "../conversation/export-json.ts";
import { exportPage } from "../conversation/export-page.ts";
import type { MadeFile } from "../domain/kept-data.ts";
import { keepFile } from "../store/files.ts";
import { readOwnData } from "../store/own-data.ts";
import type { RequestOf } from "./requests.ts";
import type { Surroundings } from "./surroundings.ts";

/** Channels on which the person fetches a file by a link. */
const fetching = new Set(["web"]);

/** Makes the files with everything that is kept of a contact: a page to be read, and JSON for other programs. */
export async function exportData(
  client: PoolClient,
  { contactId, dataKey, channel, language, at }: RequestOf,
  { place, texts }: Surroundings,
): Promise<MadeFile[]> {
  const own = await readOwnData(client, dataKey, contactId, place);
  if (!own) return [];
  const about = { own, place, texts, language, at };
  const common = {
    contactId,
    dataKey,
    language,
    hours: place.retention.file_hours,
    fetched: fetching.has(channel),
  };
  const page = { ...common, name: "lotse.html", type: "text/html; charset=utf-8", text: exportPage(about) };
  const data = { ...common, name: "lotse.json", type: "application/json", text: exportJson(about) };
  return [
    { kind: "page", ...(await keepFile(client, page)) },
    { kind: "data", ...(await keepFile(client, data)) },
  ];
}
