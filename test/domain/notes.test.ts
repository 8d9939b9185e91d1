import { expect, test } from "vitest";
import { notesFor } from "../../src/domain/notes.ts";
import { paderborn, recklinghausen, today } from "./people.ts";

const ids = (place: typeof paderborn, answers: { [question: string]: string | string[] }, at = today) =>
  notesFor(place, answers, at).map(({ id }) => id);

test("a note is for those whom it concerns, while it holds", () => {
  expect(ids(paderborn, { needs: ["language"] })).toEqual(["course_suspension"]);
  expect(ids(paderborn, { needs: ["language"] }, Date.parse("2027-01-01T10:00Z"))).toEqual([]);
  expect(ids(paderborn, { needs: ["housing"], paper: "temp_protection_24" })).toEqual([
    "residence_rule",
    "ukraine_protection",
  ]);
  expect(ids(paderborn, {})).toEqual([]);
});

test("a place has notes of its own", () => {
  expect(ids(paderborn, { needs: ["naturalisation"] })).toEqual([]);
  expect(ids(recklinghausen, { needs: ["naturalisation"] })).toEqual(["naturalisation_wait"]);
});
