import type { Place } from "../domain/place.ts";

/** What the staff pages know of the place. */
export type StaffPlace = Pick<
  Place,
  "name" | "municipalities" | "offices" | "teams" | "partners" | "rooms" | "trial" | "legal"
>;
