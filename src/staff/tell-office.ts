import { hoursLine, named, shown } from "../domain/place-value.ts";
import type { OutgoingPrompt, Value } from "../domain/prompt.ts";
import type { LogEntry } from "../domain/transcript.ts";
import type { StaffPlace } from "./place.ts";

/**
 * What the person is told of an office that a human decided for: name, way, hours, what to bring, and that a human
 * looked at it. Nothing for an office that the place does not name.
 */
export function tellOffice(
  place: Pick<StaffPlace, "offices" | "phone">,
  id: string,
  code: string,
  language: string,
): { message: OutgoingPrompt; log: LogEntry[] } | undefined {
  const office = place.offices[id];
  if (!office) return undefined;
  const { name, address, directions, phone, url, hours, bring, example } = office;
  const line = (key: string, value: Value | undefined): Value[] =>
    value === undefined ? [] : [{ type: "text", key: `told.${key}`, values: { value } }];
  const of = (part: string) => `offices.${id}.${part}`;
  const lines = [
    ...line("address", address),
    ...line("directions", directions && named(directions, of("directions"))),
    ...line("phone", phone),
    ...line("url", url),
    ...line("hours", hours && { type: "list", style: "inline", items: hoursLine(hours) }),
    ...line("bring", bring && named(bring, of("bring"))),
  ];
  const values = {
    code,
    office: shown({ type: "text", key: "office.name", values: { name: named(name, of("name")) } }, example),
    details:
      lines.length > 0
        ? ({ type: "list", style: "lines", items: lines } as const)
        : ({ type: "text", key: "told.ask" } as const),
    phone: shown(place.phone.number, place.phone.example),
  };
  const key = "told";
  return { message: { type: "prompt", prompt: { key, values }, language }, log: [{ type: "said", key, values }] };
}
