import { html } from "hono/html";
import type { SessionInfo } from "../../store/staff-sessions.ts";
import { dateTime } from "../german.ts";
import type { StaffTexts } from "../texts.ts";
import { button, form } from "./fields.ts";
import type { Html } from "./layout.ts";

/** Signed-in browsers, each with a button that ends it, and one for all. */
export function sessionList(view: {
  texts: StaffTexts;
  csrf: string;
  action: string;
  sessions: SessionInfo[];
  /** The one that looks at this page. */
  own?: string;
}): Html {
  const { texts, csrf, action, sessions, own } = view;
  if (sessions.length === 0) return html`<p class="kern-body kern-body--muted">${texts("sessions.none")}</p>`;
  const items = sessions.map(({ id, device, createdAt }) => {
    const where = device ?? texts("sessions.unknown");
    const label = texts("sessions.end.one", { device: where, at: dateTime(texts, createdAt) });
    const end = html`<input type="hidden" name="session" value="${id}"><button class="kern-btn kern-btn--tertiary kern-btn--x-small" aria-label="${label}"><span class="kern-label">${texts("sessions.end")}</span></button>`;
    return html`<li><span>${where}${id === own && html` <strong>${texts("sessions.this")}</strong>`}<span class="staff-second">${texts("sessions.since", { at: dateTime(texts, createdAt) })}</span></span>${form(action, csrf, end)}</li>`;
  });
  return html`<ul class="staff-sessions kern-body">${items}</ul>
${form(action, csrf, button(texts("sessions.end.all"), "secondary"))}`;
}
