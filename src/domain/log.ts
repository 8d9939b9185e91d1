/** Where parts that must not know the logger tell what happened. Texts without personal data. */
export type Log = Record<"info" | "warn" | "error", (text: string) => void>;
