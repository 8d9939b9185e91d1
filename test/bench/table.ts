import type { Compared } from "./compare.ts";
import type { Measured } from "./round.ts";

const rows: readonly (readonly [key: keyof Measured, label: string, digits: number])[] = [
  ["messagesPerSecond", "messages/s", 0],
  ["acceptedP50", "POST to 200, p50, ms", 1],
  ["acceptedP99", "POST to 200, p99, ms", 1],
  ["repliedP50", "POST to first reply, p50, ms", 1],
  ["repliedP99", "POST to first reply, p99, ms", 1],
  ["programCpu", "CPU of the process, ms/message", 3],
  ["postgresCpu", "CPU of PostgreSQL, ms/message", 3],
  ["rss", "memory of the process, MB", 0],
];

/** Puts a comparison into lines: both programs, the ratio, what is wanted and whether it is so. */
export function toTable({ run, service, reference, ratio }: Compared): string {
  const { messages, callsPerMessage, crowdCpu } = service;
  const lines = rows.map(([key, label, digits]) =>
    line(
      label,
      number(service[key], digits),
      number(reference[key], digits),
      ratio[key].toFixed(2),
      verdict(run, key, ratio),
    ),
  );
  return [
    `${run.title}: ${messages} messages, ${callsPerMessage.toFixed(2)} calls and ${crowdCpu.toFixed(3)} ms of the crowd's CPU for each`,
    line("", "service", "reference", "ratio", "wanted"),
    ...lines,
  ].join("\n");
}

/** How many of a comparison's wanted ratios are missed. */
export function countMissed({ run, ratio }: Compared): number {
  return rows.filter(([key]) => verdict(run, key, ratio).endsWith("missed")).length;
}

function verdict({ wanted }: Compared["run"], key: keyof Measured, ratio: Measured): string {
  const bound = wanted[key];
  if (!bound) return "";
  const [text, isMet] =
    "atLeast" in bound
      ? [`>= ${bound.atLeast}`, ratio[key] >= bound.atLeast]
      : [`<= ${bound.atMost}`, ratio[key] <= bound.atMost];
  return `${text}  ${isMet ? "met" : "missed"}`;
}

function line(label: string, ...[service = "", reference = "", ratio = "", wanted = ""]: string[]): string {
  const cells = [service, reference, ratio].map((cell) => cell.padStart(10)).join("");
  return `  ${label.padEnd(32)}${cells}   ${wanted}`.trimEnd();
}

function number(value: number, digits: number): string {
  return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
