import { html } from "hono/html";
import type { StaffDetails } from "../../domain/staff.ts";
import type { StaffRecord } from "../../store/staff.ts";
import type { SessionInfo } from "../../store/staff-sessions.ts";
import { dateTime } from "../german.ts";
import type { StaffPlace } from "../place.ts";
import type { SentLink } from "../send-link.ts";
import { back } from "../site.ts";
import type { FormBody, StaffEntries } from "../staff-form.ts";
import type { StaffTexts } from "../texts.ts";
import { absenceForm } from "./absence-form.ts";
import { button, checkbox, form } from "./fields.ts";
import { alert, type Html } from "./layout.ts";
import { section } from "./section.ts";
import { sessionList } from "./session-list.ts";
import { staffFields } from "./staff-form.ts";

/** What was done, to be said once. */
export const doneTexts = ["added", "changed", "absent", "back", "mailed", "sessions", "ended"] as const;

/** What a colleague's page is made of. */
export interface ColleagueView {
  texts: StaffTexts;
  place: StaffPlace;
  csrf: string;
  person: StaffRecord;
  people: StaffRecord[];
  sessions: SessionInfo[];
  entries: StaffEntries;
  done?: (typeof doneTexts)[number];
  /** Fields that were wrong, and what was entered about an absence. */
  wrong?: string[];
  absence?: FormBody;
  /** Why something was not done. */
  refused?: string;
  /** A link to be handed over. */
  link?: SentLink & { type: "shown" };
}

/** A colleague as an administrator sees them. */
export function colleaguePage(view: ColleagueView): Html {
  const { texts, person, done, wrong, refused, link } = view;
  return html`${back("/staff/people", texts("people.page"))}
<h1 class="kern-heading-large">${person.name}</h1>
${done && alert("success", texts(`people.done.${done}`), undefined, true)}
${wrong && alert("danger", texts("people.wrong"), undefined, true)}
${refused && alert("danger", refused, undefined, true)}
${link && shownLink(texts, link)}
${person.endedAt ? alert("info", texts("people.ended", { at: dateTime(texts, person.endedAt) })) : html`<div class="staff-case"><div class="staff-case__main">${details(view)}</div><div class="staff-case__side">${access(view)}${away(view)}${end(view)}</div></div>`}`;
}

function shownLink(texts: StaffTexts, { link, why }: SentLink & { type: "shown" }): Html {
  return alert(
    why === "mailFailed" ? "warning" : "success",
    texts(`people.link.${why}`),
    html`<label class="kern-label" for="link">${texts("people.link.label")}</label>
<input class="kern-form-input__input" id="link" value="${link}" readonly>`,
  );
}

function details({ texts, place, csrf, person, entries, wrong = [] }: ColleagueView): Html {
  const fields = html`${staffFields({ texts, place }, entries, wrong as (keyof StaffDetails)[])}${button(texts("people.save"))}`;
  return section("details", texts("people.details"), form(`/staff/people/${person.id}`, csrf, fields));
}

function access({ texts, csrf, person, sessions }: ColleagueView): Html {
  const action = `/staff/people/${person.id}`;
  return section(
    "access",
    texts("people.access"),
    html`${form(`${action}/link`, csrf, button(texts("people.link"), "secondary", "make-link"))}
${sessionList({ texts, csrf, action: `${action}/sessions/end`, sessions })}`,
  );
}

function away({ texts, csrf, person, people, wrong, absence }: ColleagueView): Html {
  const action = `/staff/people/${person.id}/absence`;
  const again = absence && { entered: absence, ...(wrong && { wrong }) };
  return section("absence", texts("absence"), absenceForm({ texts, csrf, action, person, people, ...again }));
}

function end({ texts, csrf, person }: ColleagueView): Html {
  return section(
    "end",
    texts("people.end"),
    html`<p class="kern-body">${texts("people.end.hint")}</p>${form(
      `/staff/people/${person.id}/end`,
      csrf,
      html`${checkbox({ name: "sure", label: texts("people.end.sure"), checked: false })}${button(texts("people.end"), "secondary", "end-person")}`,
    )}`,
  );
}
