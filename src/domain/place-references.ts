import { whereSituations } from "./answers.ts";
import type { Authority } from "./authority.ts";
import type { PlaceFile } from "./place.ts";

/** Finds what a place's file names but does not have, or has in the wrong way. One line per fault, with its field. */
export function placeReferenceFaults(place: PlaceFile): string[] {
  return [
    ...teamFaults(place),
    ...responsibleFaults(place),
    ...officeFaults(place),
    ...Object.entries(place.sites)
      .filter(([, site]) => !has(place.municipalities, site.municipality))
      .map(([id, site]) => `sites.${id}.municipality: no municipality "${site.municipality}"`),
  ];
}

function teamFaults(place: PlaceFile): string[] {
  const faults: string[] = [];
  const check = (field: string, team: string | undefined) => {
    if (team !== undefined && !has(place.teams, team)) faults.push(`${field}: no team "${team}"`);
  };
  check("coordination", place.coordination);
  for (const [id, region] of Object.entries(place.regions)) check(`regions.${id}.team`, region.team);
  for (const [id, municipality] of Object.entries(place.municipalities)) {
    check(`municipalities.${id}.team`, municipality.team);
    if (!has(place.regions, municipality.region)) {
      faults.push(`municipalities.${id}.region: no region "${municipality.region}"`);
    }
    if (whereSituations.some((situation) => situation === id)) {
      faults.push(`municipalities.${id}: the name is taken by an answer`);
    }
  }
  return faults;
}

function responsibleFaults(place: PlaceFile): string[] {
  return Object.entries(place.responsible).flatMap(([authority, rows]) =>
    Object.entries(rows ?? {}).flatMap(([municipality, id]) => {
      const field = `responsible.${authority}.${municipality}`;
      const office = place.offices[id];
      if (municipality !== "*" && !has(place.municipalities, municipality)) return [`${field}: no such municipality`];
      if (!office) return [`${field}: no office "${id}"`];
      return office.authorities.some((code) => code === authority)
        ? []
        : [`${field}: office "${id}" is no ${authority}`];
    }),
  );
}

function officeFaults(place: PlaceFile): string[] {
  const faults: string[] = [];
  const check = (field: string, id: string, authority: Authority) => {
    const office = place.offices[id];
    if (!office) faults.push(`${field}: no office "${id}"`);
    else if (!office.authorities.includes(authority)) faults.push(`${field}: office "${id}" is no ${authority}`);
  };
  for (const id of place.independent_advice) check("independent_advice", id, "independent_advice");
  check("youth_on_call", place.youth_on_call, "youth_office");
  for (const [id, office] of Object.entries(place.offices)) {
    if (office.authorities.includes("youth_office") && !office.outside_hours) {
      faults.push(`offices.${id}.outside_hours: a youth office needs the on-call route`);
    }
  }
  return faults;
}

function has(record: object, key: string): boolean {
  return Object.hasOwn(record, key);
}
