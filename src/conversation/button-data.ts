/** Buttons that are valid at any time: they belong to no question. */
export const standing = { menu: "!menu", urgent: "!urgent", end: "!end" } as const;

/** What a pressed button means. */
export type Press =
  | { type: "standing"; name: keyof typeof standing }
  | { type: "answer"; token: number; value: string }
  | { type: "unknown" };

/** A button's data: the question's number in base 36, and the value. At most 64 bytes, which is Telegram's limit. */
export function toData(token: number, value: string): string {
  return `${token.toString(36)}:${value}`;
}

/** Reads a button's data. */
export function readData(data: string): Press {
  if (data === standing.menu) return { type: "standing", name: "menu" };
  if (data === standing.urgent) return { type: "standing", name: "urgent" };
  if (data === standing.end) return { type: "standing", name: "end" };
  const [, token, value] = /^([0-9a-z]{1,10}):(.+)$/s.exec(data) ?? [];
  if (token === undefined || value === undefined) return { type: "unknown" };
  return { type: "answer", token: Number.parseInt(token, 36), value };
}
