import type { Place } from "../domain/place.ts";
import type { Texts } from "../domain/texts.ts";
import type { TurnInput } from "./draft.ts";

/** The language to speak: the chosen one, else the one that the platform hints at, else the place's first. */
export function languageOf({
  session,
  message,
  place,
  texts,
}: Omit<TurnInput, "message"> & {
  message: { languageHint?: string };
}): string {
  const codes = offeredLanguages(place, texts);
  if (session.language !== undefined && codes.includes(session.language)) return session.language;
  return hinted(codes, message.languageHint) ?? codes[0] ?? "de";
}

/** Which of the offered languages a hint such as `pt-BR` or `uk-UA` means. */
export function hinted(codes: string[], hint: string | undefined): string | undefined {
  const wanted = hint?.toLowerCase();
  return codes.find((code) => code.toLowerCase() === wanted) ?? codes.find((code) => code === wanted?.split("-")[0]);
}

const offers = new WeakMap<Place, string[]>();

/** The languages of the place that there are texts in, in the place's order. */
export function offeredLanguages(place: Place, texts: Texts): string[] {
  const before = offers.get(place);
  if (before) return before;
  const codes = place.languages.filter((code) => texts.language(code) !== undefined);
  offers.set(place, codes);
  return codes;
}
