import { html } from "hono/html";
import type { Question } from "../../domain/answers.ts";
import type { CaseReferral } from "../../domain/referral.ts";
import { dateTime, dayName, germanName } from "../german.ts";
import type { CaseView } from "./case-view.ts";
import type { Html } from "./layout.ts";
import { pairs, section } from "./section.ts";

/** To which offices the person's answers may go, and where each question stands. */
export function caseReferrals(view: CaseView): Html | "" {
  const { texts, found, member } = view;
  const isOver = found.withdrawnAt !== null || found.status === "erased" || found.status === "closed";
  if (isOver && found.referrals.length === 0) return "";
  const isMine = found.status === "claimed" && found.claimedBy === member.name;
  const ask = isMine
    ? html`<p><a id="referral-new" class="kern-btn kern-btn--secondary" href="/staff/cases/${found.code}/referrals/new"><span class="kern-label">${texts("case.referrals.ask")}</span></a></p>`
    : html`<p class="kern-body kern-body--muted">${texts("case.referrals.mine")}</p>`;
  return section(
    "referrals",
    texts("case.referrals"),
    html`<p class="kern-body kern-body--muted">${texts("case.referrals.hint")}</p>
${found.referrals.length > 0 && html`<ul class="staff-referrals">${found.referrals.map((referral) => item(view, referral))}</ul>`}
${!isOver && ask}`,
  );
}

function item(view: CaseView, referral: CaseReferral): Html {
  const { texts, place, found } = view;
  const office = place.offices[referral.office];
  const by = { name: referral.askedBy, at: dateTime(texts, referral.askedAt) };
  const rows = [
    { label: texts("referral.state"), value: stateText(view, referral) },
    { label: texts("referral.what"), value: itemNames(view, referral.items) },
    { label: texts("referral.by"), value: texts("referral.by.line", by) },
  ];
  const isOld = referral.version < found.versions && (referral.state === "asked" || referral.state === "agreed");
  // Before the yes there is no way to the data sheet, and none after it was taken back.
  const hasSheet = (referral.state === "agreed" || referral.state === "handed_over") && !found.withdrawnAt;
  return html`<li class="kern-card kern-card--hug staff-proposal"><div class="kern-card__container">
<h3 class="kern-title">${office ? germanName(office.name) : referral.office}${referral.confidentiality && html` <span class="kern-body kern-body--small">${texts("referral.needsRelease")}</span>`}</h3>
${pairs(rows)}
${isOld && html`<p class="kern-body kern-body--muted">${texts("referral.newer")}</p>`}
${hasSheet && html`<p><a id="sheet-${referral.id}" class="kern-link" href="/staff/cases/${found.code}/referrals/${referral.id}/sheet">${texts("referral.sheet")}</a></p>`}
</div></li>`;
}

/** The names of questions, without their answers. */
export function itemNames({ texts }: Pick<CaseView, "texts">, items: string[]): string {
  return items.map((item) => texts.find(`question.${item as Question}`) ?? item).join(", ");
}

function stateText({ texts }: CaseView, referral: CaseReferral): string {
  const { state, shownAt, questionAt, answeredAt, withdrawnAt, handedOverOn, handedOverBy } = referral;
  const at = (moment: Date | null) => ({ at: moment ? dateTime(texts, moment) : "" });
  const day = handedOverOn ? dayName(handedOverOn) : "";
  switch (state) {
    case "asked":
      if (questionAt) return texts("referral.state.question", at(questionAt));
      return texts(shownAt ? "referral.state.asked" : "referral.state.waiting");
    case "agreed":
      return texts("referral.state.agreed", at(answeredAt));
    case "refused":
      return texts("referral.state.refused", at(answeredAt));
    case "withdrawn":
      return handedOverOn
        ? texts("referral.state.withdrawnAfter", { ...at(withdrawnAt), day })
        : texts("referral.state.withdrawn", at(withdrawnAt));
    case "handed_over":
      return texts("referral.state.handed_over", { day, name: handedOverBy ?? "" });
  }
}
