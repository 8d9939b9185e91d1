export interface Quantiles {
  p50: number;
  p99: number;
}

/** Median and 99th percentile, by the nearest rank. */
export function quantiles(values: readonly number[]): Quantiles {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

/** The middle of a few values. */
export function median(values: readonly number[]): number {
  return quantiles(values).p50;
}
