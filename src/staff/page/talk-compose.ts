import { html } from "hono/html";
import type { RenderedMessage } from "../../domain/prompt.ts";
import type { Refusal } from "../../domain/talk.ts";
import { languageName } from "../german.ts";
import { anywayField } from "./case-write.ts";
import { alert, type Html } from "./layout.ts";
import { marked } from "./marked.ts";
import { type FieldsView, freeFields, preparedFields } from "./talk-fields.ts";

/** A message that is being written: what was typed, what is wrong, and what the person would read. */
export interface ComposeView extends FieldsView {
  code: string;
  csrf: string;
  /** Why it can't be sent. */
  refusal: Refusal | undefined;
  claimedBy: string | null;
  /** It was not sent, because of that. */
  isRefused: boolean;
  preview?: Preview;
}

/** What the person would read, in their language and in German, and the print of these words. */
export interface Preview {
  print: string;
  person: RenderedMessage;
  german: RenderedMessage;
  /** The words were changed since the last preview, and are shown once more instead of being sent. */
  isChanged: boolean;
}

/** The page of a message that is being written. */
export function composePage(view: ComposeView): Html {
  const { texts, form, code, csrf, preview, refusal } = view;
  const title = form.message ? texts(`prepared.title.${form.message}`) : texts("write.free");
  // What is asked for once more is sent with the next press, and not before its preview was there.
  const maySend = preview !== undefined || form.message === undefined;
  return html`<p class="staff-back"><a class="kern-link kern-link--no-visited-state" href="/staff/cases/${code}#talk"><span class="kern-icon kern-icon--arrow-back" aria-hidden="true"></span>${texts("write.back", { code })}</a></p>
<h1 class="kern-heading-large">${texts("write.page", { code })}</h1>
<h2 class="kern-heading-medium">${title}</h2>
${refused(view)}
${Object.keys(view.faults).length > 0 && alert("danger", texts("write.faults"), undefined, true)}
${preview && previews(view, preview)}
<form id="write" class="staff-form" method="post" action="/staff/cases/${code}/talk">
<input type="hidden" name="csrf" value="${csrf}"><input type="hidden" name="id" value="${form.id}">
<input type="hidden" name="previewed" value="${preview?.print ?? ""}">
${form.message && html`<input type="hidden" name="message" value="${form.message}">`}
${form.message ? preparedFields(view, form.message) : freeFields(view)}
${refusal === "unsafe" && anywayField(texts, "write-anyway", form.anyway)}
<div class="staff-buttons">
${maySend && html`<button class="kern-btn kern-btn--primary" name="do" value="send"><span class="kern-label">${texts("write.send")}</span></button>`}
<button class="kern-btn ${maySend ? "kern-btn--secondary" : "kern-btn--primary"}" name="do" value="preview"><span class="kern-label">${texts("write.preview")}</span></button>
</div>
</form>`;
}

function refused({ texts, refusal, claimedBy, isRefused }: ComposeView): Html | "" {
  if (!refusal) return "";
  const why = texts(`write.refused.${refusal}`, { name: claimedBy ?? "" });
  return alert(isRefused ? "danger" : "warning", texts(isRefused ? "write.notSent" : "write.refused"), why, true);
}

function previews({ texts }: ComposeView, { person, german, isChanged }: Preview): Html {
  const isGerman = person.language === "de";
  return html`${alert("info", texts(isChanged ? "write.changed" : "write.check"), undefined, true)}
<div class="staff-previews">
${preview(texts("write.reads", { language: languageName(texts, person.language) }), person)}
${!isGerman && preview(texts("write.german"), german)}
</div>`;
}

function preview(title: string, { text, language, direction }: RenderedMessage): Html {
  return html`<figure class="staff-preview"><figcaption class="kern-body kern-body--small">${title}</figcaption>
<div class="staff-preview__text" lang="${language.split("-")[0]}" dir="${direction}" translate="no">${marked(text)}</div></figure>`;
}
