import type { Answers, RequestResult } from "../../src/domain/effect.ts";
import { isOpen } from "../../src/domain/hours.ts";
import { named, shown } from "../../src/domain/place-value.ts";
import type { Prompt } from "../../src/domain/prompt.ts";
import { municipalityOf } from "../../src/domain/team.ts";
import { officeFor } from "../../src/domain/triage.ts";
import type { Given } from "../conversation.ts";
import { officeLine, phoneOf } from "../place-lines.ts";

/** Whom a minor without anybody, or whoever helps, can call now: the Jugendamt, outside its hours who is on call. */
export function minorPrompt(answers: Answers, { place, at }: Given): Prompt {
  const id = officeFor(place, "youth_office", answers) ?? place.youth_on_call;
  const outside = place.offices[id]?.outside_hours;
  if (!outside || isOpen(place, undefined, at))
    return { key: "intake.minor.open", values: { office: officeLine(place, id) } };
  return {
    key: "intake.minor.closed",
    values: {
      phone: shown(outside.phone, outside.example),
      route: named(outside.route, `offices.${id}.outside_hours.route`),
    },
  };
}

/** The code, or that what was sent joined the case that is open for the same person. */
export function sentPrompt({ code, added }: Extract<RequestResult, { type: "submitted" }>): Prompt {
  return { key: added ? "intake.added" : "intake.code", values: { code } };
}

/** What happens next, and whom to call if it does not. */
export function nextPrompt({ due }: Extract<RequestResult, { type: "submitted" }>, { place }: Given): Prompt {
  return { key: "intake.next", values: { due: { type: "date", day: due }, phone: phoneOf(place) } };
}

/** Whether answers differ from those that were sent, in whatever order they stand. */
export function isChanged(sent: Answers, now: Answers): boolean {
  const names = new Set([...Object.keys(sent), ...Object.keys(now)]);
  const sorted = (answer: string | string[] | undefined) => [answer ?? []].flat().sort().join("\n");
  return [...names].some((name) => sorted(sent[name]) !== sorted(now[name]));
}

/** All that is left of the answers here once they are sent: where to show open hours, and whether it is about a minor. */
export function rest(answers: Answers, { place }: Given): Answers {
  const town = municipalityOf(place, answers);
  const minor = answers.age === "under12" || answers.age === "12to17";
  return { ...(town !== undefined && { town }), ...(minor && { minor: "yes" }) };
}
