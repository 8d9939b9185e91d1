import { html } from "hono/html";
import { answerLines } from "../answers.ts";
import { germanName } from "../german.ts";
import type { CaseView } from "./case-view.ts";
import { alert, type Html } from "./layout.ts";

/** What was chosen before the form came back, and why it did. */
export interface ReferralChoice {
  office: string;
  items: string[];
  why?: "referral.missing" | "referral.result.changed";
}

/** Asks a case manager which office, and which answers would be sent. Nothing is ticked for them. */
export function referralForm(view: Omit<CaseView, "talk">, { office, items, why }: ReferralChoice): Html {
  const { texts, place, found, csrf } = view;
  const [latest] = found.intakes;
  const proposed = [...new Set(found.proposals.flatMap((proposal) => proposal.office ?? []))];
  const others = Object.keys(place.offices).filter((id) => !proposed.includes(id));
  const options = (ids: string[]) =>
    ids.map((id) => {
      const name = place.offices[id] ? germanName(place.offices[id].name) : id;
      const release = place.offices[id]?.confidentiality ? ` (${texts("referral.needsRelease")})` : "";
      return html`<option value="${id}" ${id === office && html`selected`}>${name}${release}</option>`;
    });
  const lines = latest ? answerLines(view, latest.answers) : [];
  return html`<p class="staff-back"><a class="kern-link kern-link--no-visited-state" href="/staff/cases/${found.code}"><span class="kern-icon kern-icon--arrow-back" aria-hidden="true"></span>${texts("referral.back")}</a></p>
<div class="staff-narrow"><h1 class="kern-heading-large">${texts("referral.title")} <span class="staff-code">${found.code}</span></h1>
<p class="kern-body">${texts("referral.intro")}</p>
${why && alert("danger", texts(why), undefined, true)}
<form class="staff-form" method="post" action="/staff/cases/${found.code}/referrals">
<input type="hidden" name="csrf" value="${csrf}">
<input type="hidden" name="version" value="${latest?.version ?? 0}">
<div class="kern-form-input">
<label class="kern-label" for="office">${texts("referral.office")}</label>
<div class="kern-form-input__select-wrapper"><select class="kern-form-input__select" id="office" name="office" required>
<option value="">${texts("form.choose")}</option>
${proposed.length > 0 && html`<optgroup label="${texts("referral.office.proposed")}">${options(proposed)}</optgroup>`}
<optgroup label="${texts("referral.office.others")}">${options(others)}</optgroup>
</select></div>
</div>
<fieldset class="kern-fieldset">
<legend class="kern-label">${texts("referral.items")}</legend>
<p class="kern-body kern-body--muted staff-form__hint" id="items-hint">${texts("referral.items.hint")}</p>
<div class="kern-fieldset__body">${lines.map(
    ({ question, label, value }) => html`<div class="kern-form-check">
<input class="kern-form-check__checkbox" type="checkbox" id="item-${question}" name="items" value="${question}" aria-describedby="items-hint" ${items.includes(question) && html`checked`}>
<label class="kern-label" for="item-${question}">${label}: ${value}</label>
</div>`,
  )}</div>
</fieldset>
<p><button class="kern-btn kern-btn--primary"><span class="kern-label">${texts("referral.send")}</span></button></p>
</form></div>`;
}
