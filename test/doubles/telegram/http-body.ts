import type { IncomingMessage } from "node:http";
import { isObject, Params, type UploadedFile } from "./api/params.ts";
import { ApiError } from "./api-error.ts";

const mostBytes = 52 * 1024 * 1024;

/** Reads the parameters of a request: query and body, as JSON, urlencoded or multipart. Throws a 413 over 52 MB. */
export async function readParams(request: IncomingMessage): Promise<Params> {
  const [, search = ""] = (request.url ?? "").split("?", 2);
  const query = search ? Object.fromEntries(new URLSearchParams(search)) : {};
  if (request.method === "GET") return new Params(query);
  const body = await readBody(request);
  const type = request.headers["content-type"] ?? "";
  if (body.length === 0) return new Params(query);
  if (type.startsWith("application/json")) return new Params({ ...query, ...parseJson(body) });
  const boundary = /^multipart\/form-data.*boundary="?([^";]+)/.exec(type)?.[1];
  if (boundary === undefined)
    return new Params({ ...query, ...Object.fromEntries(new URLSearchParams(body.toString())) });
  const { fields, files } = parseMultipart(body, boundary);
  return new Params({ ...query, ...fields }, files);
}

/** Splits a multipart body into its fields and files. */
export function parseMultipart(body: Buffer, boundary: string) {
  const fields: Record<string, string> = {};
  const files: Record<string, UploadedFile> = {};
  const separator = `--${boundary}`;
  let at = body.indexOf(separator);
  while (at >= 0) {
    const headStart = at + separator.length + 2;
    const headEnd = body.indexOf("\r\n\r\n", headStart);
    at = body.indexOf(separator, headStart);
    if (headEnd < 0 || at < 0) break;
    const head = body.toString("utf8", headStart, headEnd);
    const content = body.subarray(headEnd + 4, at - 2);
    const name = /[; ]name="?([^";\r]*)/i.exec(head)?.[1];
    const fileName = /[; ]filename="?([^";\r]*)/i.exec(head)?.[1];
    if (name === undefined) continue;
    if (fileName === undefined) fields[name] = content.toString();
    else {
      const mimeType = /content-type:\s*([^\r\n;]+)/i.exec(head)?.[1] ?? "application/octet-stream";
      files[name] = { file_name: fileName, mime_type: mimeType, data: Buffer.from(content) };
    }
  }
  return { fields, files };
}

function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= mostBytes) chunks.push(chunk);
    });
    request.on("error", reject);
    request.on("end", () => {
      if (size > mostBytes) reject(new ApiError(413, "Request Entity Too Large"));
      else resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    });
  });
}

function parseJson(body: Buffer): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(body.toString());
    if (isObject(parsed)) return parsed;
  } catch {
    // Falls through to the same answer as for JSON that is no object.
  }
  throw new ApiError(400, "Bad Request: can't parse JSON object");
}
