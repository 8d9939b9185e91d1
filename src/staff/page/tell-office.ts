import { html } from "hono/html";
import type { RenderedMessage } from "../../domain/prompt.ts";
import { languageName } from "../german.ts";
import { actForm } from "./act-form.ts";
import type { CaseView } from "./case-view.ts";
import { alert, type Html } from "./layout.ts";
import { marked } from "./marked.ts";

/** Exactly what the person will read, beside the same in German, and the button that sends it. */
export function tellOfficePage(
  view: CaseView,
  decision: string,
  { own, german }: { own: RenderedMessage; german: RenderedMessage },
): Html {
  const { texts, found, acts } = view;
  const refusal = found.unreachable
    ? texts(`tell.${found.unreachable}`)
    : acts.includes("tell")
      ? undefined
      : texts("act.impossible.body");
  return html`<h1 class="kern-heading-large">${texts("tell.page", { code: found.code })}</h1>
<p class="kern-body">${texts("tell.hint")}</p>
<div class="staff-pair">
${message(languageName(texts, own.language), own)}
${own.language !== "de" && message(texts("tell.german"), german)}
</div>
${refusal ? alert("warning", texts("tell.not"), refusal) : actForm(view, { act: "tell", given: { decision, language: own.language }, button: texts("tell.button"), look: "primary" })}`;
}

function message(title: string, { text, language, direction }: RenderedMessage): Html {
  return html`<section class="staff-message"><h2 class="kern-title">${title}</h2>
<div class="staff-message__text kern-body" lang="${language.split("-")[0]}" dir="${direction}">${marked(text)}</div></section>`;
}
