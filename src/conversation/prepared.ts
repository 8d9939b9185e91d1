import { z } from "zod";
import { phoneOf } from "../../flows/place-lines.ts";
import { berlinDay } from "../domain/berlin.ts";
import type { Place } from "../domain/place.ts";
import { hoursLine, named, shown } from "../domain/place-value.ts";
import { type FieldFault, type FieldType, fieldsOf, longestField, type PreparedKey } from "../domain/prepared.ts";
import type { StaffWords, Value, Values } from "../domain/prompt.ts";

/** What was filled into a form, by field. */
export type Filled = { [field: string]: string };

/** The prepared messages of a place. */
export interface Prepared {
  /** What can be chosen in a field, with its name. */
  choices(type: FieldType): { value: string; label: Value }[];
  /** Makes a message of what was filled in at a moment (ms), or says what is wrong with which field. */
  fill(
    key: PreparedKey,
    filled: Filled,
    at: number,
  ): { words: StaffWords } | { faults: { [field: string]: FieldFault } };
}

const day = z.iso.date();
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** Makes the prepared messages of a place. */
export function makePrepared(place: Place): Prepared {
  const where = choicesOf(place, false);
  const open = choicesOf(place, true);
  const choices: Prepared["choices"] = (type) =>
    type === "where" || type === "office"
      ? [...(type === "where" ? where : open)].map(([value, { label }]) => ({ value, label }))
      : [];

  const read = (type: FieldType, said: string, at: number): { value: Value } | { fault: FieldFault } => {
    if (said === "") return { fault: "missing" };
    switch (type) {
      case "day":
        if (!day.safeParse(said).success) return { fault: "invalid" };
        return said < berlinDay(at) ? { fault: "past" } : { value: { type: "date", day: said } };
      case "time":
        return time.safeParse(said).success ? { value: said } : { fault: "invalid" };
      case "text":
        return said.length > longestField ? { fault: "long" } : { value: said };
      case "where":
      case "office": {
        const chosen = (type === "where" ? where : open).get(said);
        return chosen ? { value: chosen.line } : { fault: "invalid" };
      }
    }
  };

  return {
    choices,
    fill(key, filled, at) {
      const values: Values = { ...constant(place, key) };
      const faults: { [field: string]: FieldFault } = {};
      for (const { name, type } of fieldsOf(key)) {
        const result = read(type, (filled[name] ?? "").replaceAll(/\s+/g, " ").trim(), at);
        if ("fault" in result) faults[name] = result.fault;
        else values[name] = result.value;
      }
      if (Object.keys(faults).length > 0) return { faults };
      return {
        words: {
          type: "prepared",
          key: `prepared.${key}`,
          ...(Object.keys(values).length > 0 && { values }),
        },
      };
    },
  };
}

/** What a message says of the place itself. */
function constant(place: Place, key: PreparedKey): Values {
  if (key === "goodbye") return { phone: phoneOf(place) };
  if (key !== "please_call") return {};
  return { phone: phoneOf(place), hours: { type: "list", style: "lines", items: hoursLine(place.office_hours) } };
}

/** Offices and open hours of the place: by a path, with a name to choose by, and the line that the person reads. */
function choicesOf(place: Place, withHours: boolean): Map<string, { label: Value; line: Value }> {
  const sites = Object.entries(place.sites).map(([id, { name, address, hours, example, municipality: town }]) => {
    const townName = named(place.municipalities[town]?.name ?? town, `municipalities.${town}.name`);
    const label = { type: "text", key: "site.name", values: { town: townName, name: named(name, `sites.${id}.name`) } };
    return { path: `sites.${id}`, label: label as Value, address, hours, example };
  });
  const offices = Object.entries(place.offices).map(([id, { name, address, hours = [], example }]) => {
    const label = { type: "text", key: "office.name", values: { name: named(name, `offices.${id}.name`) } };
    return { path: `offices.${id}`, label: label as Value, address, hours, example };
  });
  const usable = [...sites, ...offices].filter(({ hours }) => !withHours || hours.length > 0);
  return new Map(
    usable.map(({ path, label, address, hours, example }) => {
      const items = [label, ...(address === undefined ? [] : [address]), ...(withHours ? hoursLine(hours) : [])];
      return [path, { label, line: shown({ type: "list", style: "row", items }, example) }];
    }),
  );
}
