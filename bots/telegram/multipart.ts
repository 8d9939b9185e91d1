import { randomUUID } from "node:crypto";
import { InputFile } from "grammy";

/** A body with its content type. */
export interface Encoded {
  type: string;
  body: string | Buffer;
}

/** Encodes a call that carries a file as multipart/form-data (RFC 7578). The file's name is one of ours, in ASCII. */
export async function encode(payload: object): Promise<Encoded> {
  const [field, file] = Object.entries(payload).find(([, value]) => value instanceof InputFile) ?? [];
  if (!(file instanceof InputFile) || field === undefined) throw new TypeError("a call without its file");
  const data = await file.toRaw();
  if (!(data instanceof Uint8Array)) throw new TypeError("a file that is no buffer");
  const boundary = `lotse${randomUUID()}`;
  const head = (disposition: string) => `--${boundary}\r\ncontent-disposition: form-data; ${disposition}\r\n`;
  const fields = Object.entries(payload).flatMap(([name, value]: [string, unknown]) => {
    if (value === undefined || name === field) return [];
    return [`${head(`name="${name}"`)}\r\n${typeof value === "object" ? JSON.stringify(value) : String(value)}\r\n`];
  });
  const fileHead = head(`name="${field}"; filename="${file.filename ?? "file"}"`);
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([
      Buffer.from(`${fields.join("")}${fileHead}content-type: application/octet-stream\r\n\r\n`),
      data,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  };
}
