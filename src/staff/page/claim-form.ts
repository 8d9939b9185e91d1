import { html } from "hono/html";
import type { StaffTexts } from "../texts.ts";
import type { Html } from "./layout.ts";

/** The button that claims a case. */
export function claimForm(texts: StaffTexts, code: string, csrf: string, size: "small" | "default"): Html {
  const small = size === "small";
  return html`<form method="post" action="/staff/cases/${code}/claim">
<input type="hidden" name="csrf" value="${csrf}">
<button id="claim-${code}" class="kern-btn ${small ? "kern-btn--secondary kern-btn--x-small" : "kern-btn--primary"}" ${small && html`aria-label="${texts("claim.button.case", { code })}"`}><span class="kern-label">${texts("claim.button")}</span></button>
</form>`;
}
