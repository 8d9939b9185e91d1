import { type IntakeAnswers, intakeAnswers } from "../../src/domain/answers.ts";
import type { Place } from "../../src/domain/place.ts";
import { propose } from "../../src/domain/triage.ts";
import { loadPlace } from "../../src/places.ts";

export const paderborn = loadPlace("kreis-paderborn");
export const mettmann = loadPlace("kreis-mettmann");
export const recklinghausen = loadPlace("kreis-recklinghausen");

/** Friday, 2026-11-20, 10:00 in Berlin. */
export const today = Date.parse("2026-11-20T09:00Z");

/** The place with the law for Ukraine in one of its three states. */
export function withUkraine(place: Place, enabled: boolean | null, effective_from: string | null = null): Place {
  const before = place.switches.ukraine_2025;
  if (!before) throw new Error("The switch is gone");
  return { ...place, switches: { ...place.switches, ukraine_2025: { ...before, enabled, effective_from } } };
}

/** Answers of which some may be missing, or set to nothing. */
export type OpenIntake = { [Q in keyof IntakeAnswers]?: IntakeAnswers[Q] | undefined };

/** What is proposed, one line each: rule, office (or authority where no office is known), "?" where a human must look. */
export function proposed(place: Place, answers: OpenIntake, at = today): string[] {
  return propose(place, intakeAnswers.parse({ forWhom: "self", ...answers }), at).map(
    ({ rule, office, authority, review }) => `${rule}: ${office ?? `(${authority})`}${review ? " ?" : ""}`,
  );
}
