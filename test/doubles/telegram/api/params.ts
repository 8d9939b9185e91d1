import { badRequest } from "../api-error.ts";
import type { World } from "../world.ts";

/** A method of the Bot API: returns its `result`, or throws an ApiError. `onClosed` hears of a caller that hangs up. */
export type Method = (world: World, params: Params, onClosed: (listener: () => void) => void) => unknown;

/** A file of a multipart body. */
export type UploadedFile = { file_name: string; mime_type: string; data: Buffer };

/** The parameters of a call, read the lenient way Telegram reads them: numbers and JSON may come as strings. */
export class Params {
  readonly fields: Record<string, unknown>;
  readonly files: Record<string, UploadedFile>;

  constructor(fields: Record<string, unknown>, files: Record<string, UploadedFile> = {}) {
    this.fields = fields;
    this.files = files;
  }

  /** Returns a parameter as text; empty when it is absent. */
  text(name: string): string {
    const value = this.fields[name];
    if (value === undefined) return "";
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  }

  /** Returns whether a flag is set: true, "true", "yes" or 1. */
  flag(name: string): boolean {
    return /^(true|yes|1)$/i.test(this.text(name));
  }

  /** Returns a whole number, moved into [min, max]; `preset` when it is absent. */
  integer(name: string, preset: number, min = -Infinity, max = Infinity): number {
    const text = this.text(name);
    const value = text === "" ? preset : Math.trunc(Number(text)) || 0;
    return Math.min(max, Math.max(min, value));
  }

  /** Returns a nested value, parsed if it came as text; undefined when it is absent. */
  json(name: string, what: string): unknown {
    const value = this.fields[name];
    if (value === undefined || value === "") return undefined;
    if (typeof value !== "string") return value;
    try {
      return JSON.parse(value);
    } catch {
      throw badRequest(`Can't parse ${what} JSON object`);
    }
  }
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
