import { html } from "hono/html";
import { preparedKeys } from "../../domain/prepared.ts";
import { emptyForm } from "../talk-form.ts";
import type { TalkView } from "../talk-view.ts";
import type { StaffTexts } from "../texts.ts";
import type { CaseView } from "./case-view.ts";
import { alert, type Html } from "./layout.ts";
import { freeFields } from "./talk-fields.ts";

/** What whoever has the case writes with, or why nobody can; for everybody whether a talk is on. */
export function caseWrite(view: CaseView): Html | "" {
  const { texts, talk, found } = view;
  if (!talk || found.status === "erased" || (found.status === "open" && !talk.isOpen)) return "";
  const { refusal, isOpen, claimedBy } = talk;
  const state = html`<p class="kern-body">${texts(isOpen ? "write.open" : "write.closed")}</p>`;
  if (refusal === "notYours") {
    return html`<div class="staff-write" id="write">${isOpen && state}<p class="kern-body">${texts("write.other", { name: claimedBy ?? "" })}</p></div>`;
  }
  const end = isOpen && talk.isOwn && endForm(view);
  if (refusal && refusal !== "unsafe") {
    return html`<div class="staff-write" id="write">${alert("warning", texts("write.refused"), texts(`write.refused.${refusal}`))}${end}</div>`;
  }
  return html`<div class="staff-write" id="write">${state}
${refusal === "unsafe" && alert("danger", texts("write.refused.unsafe.title"), texts("write.refused.unsafe"))}
${freeForm(view, talk)}
${choiceForm(view, talk)}
${end}
</div>`;
}

/** State of the talk, as a form carries it. */
export function formId({ lastStaffAt }: Pick<TalkView, "lastStaffAt">): string {
  return String(lastStaffAt?.getTime() ?? 0);
}

/** The tick that it is settled that the phone is safe. */
export function anywayField(texts: StaffTexts, id: string, ticked: boolean): Html {
  return html`<div class="kern-form-check"><input class="kern-form-check__checkbox" type="checkbox" id="${id}" name="anyway" value="1" required ${ticked && html`checked`}>
<label class="kern-label" for="${id}">${texts("write.anyway")}</label></div>`;
}

function freeForm({ texts, words, found, csrf }: CaseView, talk: TalkView): Html {
  const form = emptyForm(formId(talk));
  return html`<h3 class="kern-heading-small">${texts("write.free")}</h3>
<form id="write-free" class="staff-form" method="post" action="/staff/cases/${found.code}/talk">
<input type="hidden" name="csrf" value="${csrf}"><input type="hidden" name="id" value="${form.id}">
${freeFields({ texts, words, tools: talk.tools, form, faults: {} })}
${talk.refusal === "unsafe" && anywayField(texts, "write-anyway", false)}
<div class="staff-buttons">
<button class="kern-btn kern-btn--primary" name="do" value="send"><span class="kern-label">${texts("write.send")}</span></button>
<button class="kern-btn kern-btn--secondary" name="do" value="preview"><span class="kern-label">${texts("write.preview")}</span></button>
</div>
</form>`;
}

function choiceForm({ texts, found }: CaseView, _: TalkView): Html {
  return html`<h3 class="kern-heading-small">${texts("write.prepared")}</h3>
<form id="write-prepared" class="staff-form" method="get" action="/staff/cases/${found.code}/talk">
<div class="kern-form-input"><label class="kern-label" for="write-message">${texts("write.message")}</label>
<span class="kern-hint" id="write-message-hint">${texts("write.prepared.hint")}</span>
<div class="kern-form-input__select-wrapper"><select class="kern-form-input__select" id="write-message" name="message" aria-describedby="write-message-hint">${preparedKeys.map(
    (key) => html`<option value="${key}">${texts(`prepared.title.${key}`)}</option>`,
  )}</select></div></div>
<div class="staff-buttons"><button class="kern-btn kern-btn--secondary"><span class="kern-label">${texts("write.next")}</span></button></div>
</form>`;
}

function endForm({ texts, found, csrf }: CaseView): Html {
  return html`<form id="write-end" class="staff-form" method="post" action="/staff/cases/${found.code}/talk/end">
<input type="hidden" name="csrf" value="${csrf}">
<p class="kern-body kern-body--muted">${texts("write.end.hint")}</p>
<div class="staff-buttons"><button class="kern-btn kern-btn--secondary"><span class="kern-label">${texts("write.end")}</span></button></div>
</form>`;
}
