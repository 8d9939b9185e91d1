import { html } from "hono/html";
import type { ReferralSheet, SheetAgreement } from "../../store/referral-sheet.ts";
import { answerLines } from "../answers.ts";
import { dateTime, germanName, languageName } from "../german.ts";
import type { StaffPlace } from "../place.ts";
import type { StaffTexts } from "../texts.ts";
import { alert, type Html } from "./layout.ts";
import { pairs } from "./section.ts";

interface SheetView {
  texts: StaffTexts;
  place: StaffPlace;
  sheet: ReferralSheet;
}

/** What goes to the office, in German, with what the person agreed to. Made to be printed. */
export function referralSheet(view: SheetView): Html {
  const { texts, place, sheet } = view;
  const office = place.offices[sheet.office];
  const head = [
    { label: texts("sheet.from"), value: germanName(place.name) },
    {
      label: texts("sheet.to"),
      value: [office ? germanName(office.name) : sheet.office, office?.address].filter(Boolean).join(", "),
    },
    { label: texts("sheet.code"), value: html`<span class="staff-code">${sheet.code}</span>` },
  ];
  const lines = answerLines({ texts, place }, sheet.answers).map(({ label, value, written }) => ({
    label,
    value: written ? html`<span dir="auto" translate="no">${value}</span>` : value,
  }));
  return html`<article class="staff-sheet">
<h1 class="kern-heading-large">${texts("sheet.title")}</h1>
${pairs(head)}
<h2 class="kern-heading-medium">${texts("sheet.data")}</h2>
${pairs(lines)}
<p class="kern-body">${texts("sheet.only")}</p>
${sheet.agreements.map((agreement) => proof(view, agreement))}
<p class="kern-body">${texts("sheet.withdrawal")}</p>
</article>`;
}

/** The form that notes the day of the hand-over; not printed. */
export function handOverForm(
  { texts }: Pick<SheetView, "texts">,
  { code, id, csrf, today, wrongDay }: { code: string; id: string; csrf: string; today: string; wrongDay: boolean },
): Html {
  return html`<form class="staff-unprinted" method="post" action="/staff/cases/${code}/referrals/${id}/handed-over">
${wrongDay && alert("danger", texts("referral.result.day"), undefined, true)}
<input type="hidden" name="csrf" value="${csrf}">
<div class="kern-form-input">
<label class="kern-label" for="day">${texts("referral.handOver.day")}</label>
<input class="kern-form-input__input" type="date" id="day" name="day" value="${today}" max="${today}" required>
</div>
<p><button class="kern-btn kern-btn--primary"><span class="kern-label">${texts("referral.handOver")}</span></button></p>
</form>`;
}

function proof({ texts, place, sheet }: SheetView, agreement: SheetAgreement): Html {
  const { purpose, at, way, channel, language, version, hash, body } = agreement;
  const given = texts(way === "words" ? "sheet.given.words" : "sheet.given.press", {
    at: dateTime(texts, at),
    channel,
  });
  // Only of the version that was agreed to: another one may say something else.
  const binding = place.legal[`agreement.${purpose}:${sheet.office}`]?.de;
  const german = binding?.version === version ? binding.text : undefined;
  const rows = [
    { label: texts("sheet.given"), value: given },
    { label: texts("sheet.language"), value: languageName(texts, language) },
    { label: texts("sheet.version"), value: version },
    { label: texts("sheet.hash"), value: html`<code class="staff-hash">${hash}</code>` },
  ];
  return html`<section>
<h2 class="kern-heading-medium">${texts(purpose === "confidentiality" ? "sheet.confidentiality" : "sheet.agreement")}</h2>
${pairs(rows)}
${language !== "de" && german && html`<h3 class="kern-title">${texts("sheet.text")}</h3><p class="kern-body staff-lines">${german}</p>`}
<h3 class="kern-title">${texts("sheet.shown")}</h3>
<p class="kern-body staff-lines" lang="${language.split("-")[0]}" dir="auto" translate="no">${body}</p>
</section>`;
}
