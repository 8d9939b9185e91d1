import type { Office } from "../src/domain/office.ts";
import type { Place } from "../src/domain/place.ts";
import { hoursLine, named, shown } from "../src/domain/place-value.ts";
import type { Value } from "../src/domain/prompt.ts";

/** An office in one line: name, address, phone, address on the web, hours. */
export function officeLine(place: Place, id: string): Value {
  const office: Office | undefined = place.offices[id];
  if (!office) return id;
  const { name, address, phone, url, hours, example } = office;
  const items = [
    { type: "text", key: "office.name", values: { name: named(name, `offices.${id}.name`) } } as const,
    ...[address, phone, url].filter((part) => part !== undefined),
    ...hoursLine(hours ?? []),
  ];
  return shown({ type: "list", style: "row", items }, example);
}

/** Where people can come without an appointment: everywhere, or in one municipality. */
export function siteLines(place: Place, municipality?: string): Value[] {
  return Object.entries(place.sites)
    .filter(([, site]) => municipality === undefined || site.municipality === municipality)
    .map(([id, { name, address, hours, example, municipality: town }]) => {
      const townName = named(place.municipalities[town]?.name ?? town, `municipalities.${town}.name`);
      const items = [
        { type: "text", key: "site.name", values: { town: townName, name: named(name, `sites.${id}.name`) } } as const,
        ...(address === undefined ? [] : [address]),
        ...hoursLine(hours),
      ];
      return shown({ type: "list", style: "row", items }, example);
    });
}

/** Independent advice, outside of the authorities. */
export function adviceLines(place: Place): Value[] {
  return place.independent_advice.map((id) => officeLine(place, id));
}

/** The numbers to call now, each with what it is for. */
export function crisisLines(place: Place): Value[] {
  return place.crisis.map(({ id, numbers, name, hint, url }) => ({
    type: "list",
    style: "row",
    items: [
      {
        type: "text",
        key: "crisis.number",
        values: { numbers: numbers.join(" / "), name: named(name, `crisis.${id}.name`) },
      },
      ...(hint ? [named(hint, `crisis.${id}.hint`)] : []),
      ...(url === undefined ? [] : [url]),
    ],
  }));
}

/** The phone number of the place, for whoever waits too long or would rather talk. */
export function phoneOf(place: Place): Value {
  return shown(place.phone.number, place.phone.example);
}

/** The municipalities, as choices. */
export function municipalityChoices(place: Place) {
  return Object.entries(place.municipalities).map(([id, { name }]) => ({
    value: id,
    label: named(name, `municipalities.${id}.name`),
  }));
}
