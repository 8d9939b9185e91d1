import { html } from "hono/html";
import type { StaffTexts } from "../texts.ts";
import { alert, type Html } from "./layout.ts";

/** Asks for a press before the link is used up: messengers open links to show a preview. */
export function signInPage(texts: StaffTexts, token: string): Html {
  return box(
    texts,
    html`<p class="kern-body">${texts("signIn.ready")}</p>
<form method="post" action="/staff/sign-in">
<input type="hidden" name="token" value="${token}">
<button class="kern-btn kern-btn--primary"><span class="kern-label">${texts("signIn.button")}</span></button>
</form>`,
  );
}

/** Says how to get a link, and why the last one did not work. */
export function needLinkPage(texts: StaffTexts, why?: "used" | "tooMany"): Html {
  return box(
    texts,
    html`${why && alert("danger", texts(`signIn.${why}.title`), texts(`signIn.${why}`), true)}
<p class="kern-body">${texts("signIn.none")}</p>
<p class="kern-body">${texts("signIn.how")}</p>
<pre class="staff-command"><code>npm run staff -- link "Vorname Nachname"</code></pre>`,
  );
}

function box(texts: StaffTexts, content: Html): Html {
  return html`<div class="staff-narrow"><h1 class="kern-heading-large">${texts("signIn.page")}</h1>${content}</div>`;
}
