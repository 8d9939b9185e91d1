import type { Place } from "../domain/place.ts";

/** What the staff pages know of the place. */
export type StaffPlace = Pick<
  Place,
  | "name"
  | "municipalities"
  | "regions"
  | "offices"
  | "teams"
  | "coordination"
  | "languages"
  | "partners"
  | "rooms"
  | "retention"
  | "answer_within"
  | "trial"
  | "legal"
  | "phone"
>;
