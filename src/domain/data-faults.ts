import type { z } from "zod";

/** Says each fault of a data file in a line: file, the item by its id, the field, what is wrong, what was found. */
export function dataFaults(file: string, read: unknown, error: z.ZodError): string[] {
  return error.issues.map((issue) => {
    const { item, field, found } = locate(read, issue.path);
    const unknown = issue.code === "unrecognized_keys" ? issue.keys.join(", ") : "";
    const where = [file, item, [field, unknown].filter(Boolean).join(".")].filter(Boolean).join(", ");
    return `${where}: ${unknown ? "no such field" : issue.message}${shown(found)}`;
  });
}

/** Follows a path into what was read. Items of a list are named by their id where they have one. */
function locate(read: unknown, path: PropertyKey[]): { item: string; field: string; found: unknown } {
  let found = read;
  let item = "";
  let field: string[] = [];
  path.forEach((key, depth) => {
    found = typeof found === "object" && found !== null ? Reflect.get(found, key) : undefined;
    field.push(String(key));
    const id = typeof found === "object" && found !== null ? Reflect.get(found, "id") : undefined;
    if (typeof id === "string") {
      item = `${String(path[depth - 1] ?? "")} "${id}"`;
      field = [];
    }
  });
  return { item, field: field.join("."), found };
}

function shown(found: unknown): string {
  if (found === undefined) return "";
  const text = JSON.stringify(found);
  return text.length > 60 ? "" : ` (found ${text})`;
}
