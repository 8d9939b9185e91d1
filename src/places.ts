import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { z } from "zod";
import { crisisFile } from "./domain/crisis.ts";
import { dataFaults } from "./domain/data-faults.ts";
import { holidaysFile } from "./domain/holiday.ts";
import { languageFaults } from "./domain/languages.ts";
import { lawReferenceFaults } from "./domain/law-references.ts";
import { type LegalText, legalFile, legalTexts } from "./domain/legal.ts";
import { type Place, type PlaceFile, placeFile } from "./domain/place.ts";
import { placeReferenceFaults } from "./domain/place-references.ts";
import { type LawFile, lawFile, type Rule, rulesFile, withSets } from "./domain/rule.ts";

const places = join(import.meta.dirname, "..", "prisma", "places");

/** The ids of the places there are data for. */
export function placeIds(folder = places): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.replace(/\.yaml$/, ""));
}

/**
 * Reads a place with what all places share. Throws one error that names every fault with its file, item and field.
 * `folder` is `prisma/places`.
 */
export function loadPlace(id: string, folder = places): Place {
  const known = placeIds(folder);
  if (!known.includes(id)) throw new Error(`There is no place "${id}". There are: ${known.join(", ")}`);
  const faults: string[] = [];
  const read: Read = (file, schema, prepare = (raw) => raw) => readData(folder, file, schema, prepare, faults);
  const file = read(`${id}.yaml`, placeFile);
  const law = read("shared/law.yaml", lawFile);
  const crisis = read("shared/crisis.yaml", crisisFile)?.numbers;
  const holidays = read("shared/holidays.yaml", holidaysFile)?.holidays;
  const rules = law && readRules(folder, law, read, faults);
  const legal = file && readLegal(folder, file, read, faults);
  if (!file || !law || !crisis || !holidays || !rules || !legal) throw placeError(id, faults);
  if (file.id !== id) faults.push(`${id}.yaml, id: is not the file's name (found "${file.id}")`);
  faults.push(...placeReferenceFaults(file).map((fault) => `${id}.yaml, ${fault}`));
  faults.push(...languageFaults(file.languages, file).map((fault) => `${id}.yaml, ${fault}`));
  faults.push(...languageFaults(file.languages, law).map((fault) => `shared/law.yaml, ${fault}`));
  faults.push(...languageFaults(file.languages, crisis).map((fault) => `shared/crisis.yaml, ${fault}`));
  if (faults.length > 0) throw placeError(id, faults);
  const { switches, terms, notes, case_management } = law;
  return {
    ...file,
    switches,
    terms,
    notes: [...file.notes, ...notes],
    case_management,
    rules,
    crisis,
    holidays,
    legal: legal.texts,
    trial: legal.example || bodiesOf(file).some((body) => body.example),
  };
}

type Read = <T>(file: string, schema: z.ZodType<T>, prepare?: (raw: unknown) => unknown) => T | undefined;

function readData<T>(
  folder: string,
  file: string,
  schema: z.ZodType<T>,
  prepare: (raw: unknown) => unknown,
  faults: string[],
): T | undefined {
  try {
    const raw = prepare(parse(readFileSync(join(folder, file), "utf8")));
    const result = schema.safeParse(raw);
    if (result.success) return result.data;
    faults.push(...dataFaults(file, raw, result.error));
  } catch (error) {
    // The file is missing, or is no YAML; both errors say where and what.
    faults.push(`${file}: ${error instanceof Error ? error.message : error}`);
  }
  return undefined;
}

function readRules(folder: string, law: LawFile, read: Read, faults: string[]): Rule[] | undefined {
  const names = readdirSync(join(folder, "shared", "rules")).filter((name) => name.endsWith(".yaml"));
  const files = names.sort().map((name) => read(`shared/rules/${name}`, rulesFile, (raw) => withSets(raw, law.sets)));
  const rules = files.flatMap((file) => file?.rules ?? []);
  faults.push(...lawReferenceFaults(law, rules).map((fault) => `shared/rules, ${fault}`));
  return files.includes(undefined) ? undefined : rules;
}

function readLegal(folder: string, place: PlaceFile, read: Read, faults: string[]) {
  const texts: { [path: string]: { [language: string]: LegalText } } = {};
  let example = false;
  for (const language of place.languages) {
    const own = `${place.id}/legal.${language}.yaml`;
    const name = existsSync(join(folder, own)) ? own : `shared/legal.${language}.yaml`;
    const file = read(name, legalFile);
    if (!file) continue;
    if (file.language !== language) faults.push(`${name}, language: is not the file's (found "${file.language}")`);
    example ||= file.example === true;
    const filled = legalTexts(file, place);
    faults.push(...filled.faults.map((fault) => `${name}, ${fault}`));
    for (const [path, text] of Object.entries(filled.texts)) texts[path] = { ...texts[path], [language]: text };
  }
  // Each file fills every path; one that could not be read is a fault.
  return { texts: texts as Place["legal"], example };
}

function bodiesOf(place: PlaceFile) {
  return [place.controller, place.data_protection_officer, place.supervisory_authority];
}

function placeError(id: string, faults: string[]): Error {
  return new Error(`Faults in the data of ${id} (prisma/places):\n${faults.map((fault) => `  ${fault}`).join("\n")}`);
}
