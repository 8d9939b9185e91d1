import type { Log } from "../domain/log.ts";
import type { Place } from "../domain/place.ts";
import type { Render } from "../domain/prompt.ts";
import type { Texts } from "../domain/texts.ts";

/** What turns are taken with: the place's data, the texts, and where faults are told. */
export interface Surroundings {
  place: Place;
  texts: Texts;
  render: Render;
  log: Log;
  /** The teams in which somebody is at work, where that is known. */
  staffed?: () => ReadonlySet<string>;
}
