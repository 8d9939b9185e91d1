import type { Context } from "hono";

const browsers: [RegExp, string][] = [
  [/\bEdg/, "Edge"],
  [/\b(OPR|Opera)\b/, "Opera"],
  [/\bSamsungBrowser\b/, "Samsung Internet"],
  [/\b(Firefox|FxiOS)\b/, "Firefox"],
  [/\b(Chrome|CriOS|HeadlessChrome)\b/, "Chrome"],
  [/\bSafari\b/, "Safari"],
];
const systems: [RegExp, string][] = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "macOS"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
];

/** What browser and system a request comes from, in so few words that somebody knows their own again; no version. */
export function deviceOf(context: Context): string | undefined {
  const told = context.req.header("user-agent") ?? "";
  const named = (table: [RegExp, string][]) => table.find(([pattern]) => pattern.test(told))?.[1];
  return [named(browsers), named(systems)].filter((name) => name !== undefined).join(", ") || undefined;
}
