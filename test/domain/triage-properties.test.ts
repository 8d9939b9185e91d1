import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type IntakeAnswers, intakeAnswers, needCodes, type Question } from "../../src/domain/answers.ts";
import type { Place } from "../../src/domain/place.ts";
import { conditions } from "../../src/domain/rule.ts";
import { keepRules, keepsCase, mayMatter, propose } from "../../src/domain/triage.ts";
import { loadPlace, placeIds } from "../../src/places.ts";
import { withUkraine } from "./people.ts";

const loaded = placeIds().map((id) => loadPlace(id));
const states: [boolean | null, string | null][] = [
  [null, null],
  [false, null],
  [true, "2026-07-01"],
];
const places = fc
  .tuple(fc.constantFrom(...loaded), fc.constantFrom(...states))
  .map(([place, [enabled, from]]) => withUkraine(place, enabled, from));

const { shape } = intakeAnswers;
/** An answer that is missing half of the time. */
const maybe = <T>(answer: fc.Arbitrary<T>) => fc.option(answer, { nil: undefined });
const oneOf = <T>(codes: readonly T[]) => maybe(fc.constantFrom(...codes));
const towns = loaded.flatMap((place) => Object.keys(place.municipalities));
const answers: fc.Arbitrary<IntakeAnswers> = fc
  .record({
    forWhom: fc.constantFrom(...shape.forWhom.options),
    needs: maybe(fc.uniqueArray(fc.constantFrom(...needCodes))),
    letter: oneOf(shape.letter.unwrap().options),
    where: oneOf(["shelter", "not_here", "elsewhere", "nowhere", "__proto__", ...towns]),
    town: oneOf(towns),
    age: oneOf(shape.age.unwrap().options),
    alone: oneOf(shape.alone.unwrap().options),
    payer: oneOf(shape.payer.unwrap().options),
    work: oneOf(shape.work.unwrap().options),
    children: oneOf(shape.children.unwrap().options),
    paper: oneOf(shape.paper.unwrap().options),
    fictionFor: oneOf(shape.fictionFor.unwrap().options),
    firstDocument: oneOf(shape.firstDocument.unwrap().options),
    euStatus: oneOf(shape.euStatus.unwrap().options),
    person: oneOf(shape.person.unwrap().options),
  })
  .map((raw) => intakeAnswers.parse(raw));
const moments = fc.integer({ min: Date.parse("2020-01-01"), max: Date.parse("2035-01-01") });
const many = { numRuns: 2000 };

test("proposes something for everybody, the most pressing first, and the same for the same answers", () => {
  const rank = ["urgent", "high", "normal"];
  fc.assert(
    fc.property(places, answers, moments, (place, given, at) => {
      const proposals = propose(place, given, at);
      expect(proposals).not.toHaveLength(0);
      expect(propose(place, structuredClone(given), at)).toEqual(proposals);
      const ranks = proposals.map(({ priority }) => rank.indexOf(priority));
      expect(ranks).toEqual([...ranks].sort());
      expect(new Set(proposals.map(({ rule }) => rule)).size).toBe(proposals.length);
    }),
    many,
  );
});

test("names only offices of the place", () => {
  fc.assert(
    fc.property(places, answers, moments, (place, given, at) => {
      for (const { office } of propose(place, given, at))
        if (office !== undefined) expect(place.offices).toHaveProperty(office);
    }),
    many,
  );
});

test("rules outside their dates never fire", () => {
  fc.assert(
    fc.property(places, answers, moments, (place, given, at) => {
      // In summer and winter Berlin is at most two hours ahead: a day around the moment covers both ends.
      const day = (shift: number) => new Date(at + shift * 3_600_000).toISOString().slice(0, 10);
      for (const { rule } of propose(place, given, at)) {
        const row = place.rules.find(({ id }) => id === rule);
        expect((row?.valid_from ?? "0000") <= day(2)).toBe(true);
        expect((row?.valid_to ?? "9999") >= day(0)).toBe(true);
      }
    }),
    many,
  );
});

test("a further need never takes a proposal away, nor the case from KIM", () => {
  fc.assert(
    fc.property(places, answers, fc.constantFrom(...needCodes), moments, (place, given, need, at) => {
      // With no need at all and nothing matched, KIM is proposed only because nothing else is.
      fc.pre((given.needs?.length ?? 0) > 0);
      const before = propose(place, given, at);
      const after = propose(place, { ...given, needs: [...new Set([...(given.needs ?? []), need])] }, at);
      const rules = (proposals: typeof before) =>
        proposals.map(({ rule }) => rule).filter((rule) => !keepRules.some((keep) => keep === rule));
      expect(rules(after)).toEqual(expect.arrayContaining(rules(before)));
      if (keepsCase(before)) expect(keepsCase(after)).toBe(true);
    }),
    many,
  );
});

test("a question that was skipped counts like one that was never asked", () => {
  fc.assert(
    fc.property(
      places,
      answers,
      fc.constantFrom(...(Object.keys(conditions.shape) as Question[])),
      moments,
      (place, given, question, at) => {
        fc.pre(question !== "forWhom");
        const { [question]: _, ...neverAsked } = given;
        const skipped = { ...neverAsked, [question]: undefined } as unknown as IntakeAnswers;
        expect(propose(place, skipped, at)).toEqual(propose(place, neverAsked as IntakeAnswers, at));
        if (question !== "needs") return;
        expect(propose(place, { ...given, needs: [] }, at)).toEqual(propose(place, neverAsked as IntakeAnswers, at));
      },
    ),
    many,
  );
});

test("a question that does not matter changes nothing, whatever is answered", () => {
  const order = Object.keys(shape);
  // What `unless` leaves out is no reason to ask, so it is not looked at here.
  const asking = (place: Place): Place => ({ ...place, rules: place.rules.map(({ unless: _, ...rule }) => rule) });
  fc.assert(
    fc.property(
      places,
      answers,
      fc.constantFrom("age", "alone", "payer", "work", "children", "paper", "firstDocument", "euStatus"),
      moments,
      (place, given, question, at) => {
        const before = Object.fromEntries(
          Object.entries(given).filter(([name]) => order.indexOf(name) < order.indexOf(question)),
        );
        fc.pre(!mayMatter(place, before, question as Question, at));
        const { [question as Question]: _, ...without } = given;
        expect(propose(asking(place), given, at)).toEqual(propose(asking(place), without as IntakeAnswers, at));
      },
    ),
    many,
  );
});

test("every reason and every authority has its text in every language", () => {
  const files = readdirSync("locales").filter((file) => file.endsWith(".json"));
  for (const file of files) {
    const { texts } = JSON.parse(readFileSync(`locales/${file}`, "utf8")) as { texts: { [key: string]: string } };
    for (const place of loaded) {
      const reasons = place.rules.map(({ id, propose: { reason } }) => `reason.${reason ?? id}`);
      const authorities = place.rules.map(({ propose: { authority } }) => `authority.${authority}`);
      const missing = [...reasons, ...keepRules.map((rule) => `reason.${rule}`), ...authorities].filter(
        (key) => !texts[key],
      );
      expect({ file, missing }).toEqual({ file, missing: [] });
      for (const {
        id,
        propose: { reason, terms },
      } of place.rules) {
        const named = [...(texts[`reason.${reason ?? id}`] ?? "").matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);
        expect({ file, id, named: named.filter((name) => !terms?.includes(name ?? "")) }).toEqual({
          file,
          id,
          named: [],
        });
      }
    }
  }
});
