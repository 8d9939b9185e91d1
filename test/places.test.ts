import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { legalTextPaths } from "../src/domain/legal.ts";
import { placeText } from "../src/domain/place-text.ts";
import { loadPlace, placeIds } from "../src/places.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "places-"));
  cpSync("prisma/places", folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Changes a data file of the copy; what is to be replaced must be there. */
function change(file: string, from: string, to: string) {
  const before = readFileSync(join(folder, file), "utf8");
  expect(before).toContain(from);
  writeFileSync(join(folder, file), before.replace(from, to));
}
test("there are three places, and all load", () => {
  expect(placeIds()).toEqual(["kreis-mettmann", "kreis-paderborn", "kreis-recklinghausen"]);
  for (const id of placeIds()) expect(loadPlace(id)).toMatchObject({ id, trial: true });
});

test("a place that is not there is told with those that are", () => {
  expect(() => loadPlace("kreis-wesel")).toThrow('no place "kreis-wesel". There are: kreis-mettmann, kreis-paderborn');
});

test("a place is no trial once nobody responsible and no legal text is an example", () => {
  for (const language of loadPlace("kreis-paderborn").languages)
    change(`shared/legal.${language}.yaml`, "example: true\n", "");
  expect(loadPlace("kreis-paderborn", folder).trial).toBe(true);
  change(
    "kreis-paderborn.yaml",
    '  phone: "05251 000000"\n  example: true\ndata_protection',
    '  phone: "05251 000000"\ndata_protection',
  );
  change("kreis-paderborn.yaml", '  phone: "05251 000019"\n  example: true\n', '  phone: "05251 000019"\n');
  expect(loadPlace("kreis-paderborn", folder).trial).toBe(false);
});

test("a place's own legal text comes before the shared one, for that language alone", () => {
  const own = readFileSync(join(folder, "shared/legal.de.yaml"), "utf8").replace(
    "Information zum Datenschutz",
    "Unser Datenschutz",
  );
  cpSync(join(folder, "shared"), join(folder, "kreis-paderborn"), { recursive: true });
  for (const file of ["legal.en.yaml", "law.yaml", "crisis.yaml", "holidays.yaml"])
    rmSync(join(folder, "kreis-paderborn", file));
  writeFileSync(join(folder, "kreis-paderborn/legal.de.yaml"), own);
  const place = loadPlace("kreis-paderborn", folder);
  expect(place.legal["notice.full"].de?.text).toContain("Unser Datenschutz");
  expect(place.legal["notice.full"].en?.text).toContain("Information on data protection");
});

test.each(placeIds())("the legal texts of %s are there in every language, filled, and say what is an example", (id) => {
  const place = loadPlace(id);
  for (const path of legalTextPaths) {
    for (const language of place.languages) {
      const text = place.legal[path][language]?.text ?? "";
      expect(text.length).toBeGreaterThan(path === "notice.web" || path === "notice.telegram" ? 30 : 100);
      expect(text).not.toMatch(/[{}]/);
    }
    expect(new Set(place.languages.map((language) => place.legal[path][language]?.version)).size).toBe(1);
  }
  expect(place.legal["notice.full"].de?.text).toContain("(Beispiel)");
  expect(place.legal["notice.full"].en?.text).toContain("(example)");
  expect(place.legal["notice.full"].de?.text).toContain("LDI NRW");
});

test.each([
  ["notice.short", "en", expect.stringContaining("The law knows few exceptions.")],
  ["municipalities.bad-wuennenberg.name", "en", "Bad Wünnenberg"],
  ["regions.stadt.name", "en", "City of Paderborn"],
  ["regions.stadt.name", "fr", "Stadt Paderborn"],
  ["crisis.police.name", "de", "Polizei"],
  ["notes.residence_rule.text", "en", expect.stringContaining("§ 12a")],
  ["offices.jugendamt-kreis.outside_hours.route", "en", expect.stringContaining("Police 110")],
  ["offices.nowhere.name", "en", undefined],
  ["municipalities", "en", undefined],
  ["constructor.name", "en", undefined],
])("the text at %s in %s", (path, language, text) => {
  expect(placeText(loadPlace("kreis-paderborn"), path, language)).toEqual(text);
});

test("numbers are from ranges that reach nobody, but for those of the state", () => {
  for (const id of placeIds()) {
    const { offices, phone, controller, data_protection_officer } = loadPlace(id);
    for (const office of [...Object.values(offices), { phone: phone.number }, controller, data_protection_officer]) {
      if (office.phone !== undefined) expect(office.phone).toMatch(/^0\d+ 0000\d\d$/);
    }
  }
});
