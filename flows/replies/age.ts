import { digits } from "./folded.ts";

/** Reads an age in years as the band it is in. */
export function parseAge(words: string): string | undefined {
  const years = Number(/^\D*(\d{1,3})\D*$/.exec(digits(words))?.[1] ?? Number.NaN);
  if (!(years <= 120)) return undefined;
  if (years < 12) return "under12";
  if (years < 18) return "12to17";
  if (years < 27) return "18to26";
  return years < 67 ? "27to66" : "67plus";
}
