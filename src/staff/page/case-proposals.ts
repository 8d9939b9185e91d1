import { html } from "hono/html";
import type { Proposal } from "../../domain/triage.ts";
import { germanName } from "../german.ts";
import { decisionPart, olderDecisionsPart } from "./case-decision.ts";
import type { CaseView } from "./case-view.ts";
import { badge, type Html } from "./layout.ts";
import { pairs, section } from "./section.ts";

/** What the rules propose, each with why, the legal area and its basis, and what a human decided. */
export function caseProposals(view: CaseView): Html {
  const { texts, found } = view;
  const content =
    found.proposals.length === 0
      ? html`<p class="kern-body kern-body--muted">${texts("case.proposals.none")}</p>`
      : html`<p class="kern-body kern-body--muted">${texts("case.proposals.hint")}</p>
<ol class="staff-proposals">${found.proposals.map((proposal) => item(view, proposal))}</ol>`;
  return section("proposals", texts("case.proposals"), html`${content}${olderDecisionsPart(view)}`);
}

function item(view: CaseView, proposal: Proposal): Html {
  const { texts, words, place } = view;
  const authority = texts.find(`authority.${proposal.authority}`) ?? proposal.authority;
  const office = place.offices[proposal.office ?? ""];
  const rows = [
    { label: texts("case.reason"), value: words.text(proposal.reason, proposal.values) },
    { label: texts("case.area"), value: texts.find(`area.${proposal.legalArea}`) ?? proposal.legalArea },
    { label: texts("case.basis"), value: proposal.basis },
    { label: texts("case.rule"), value: html`<code>${proposal.rule}</code>` },
  ];
  return html`<li class="kern-card kern-card--hug staff-proposal"><div class="kern-card__container">
<h3 class="kern-title">${office ? germanName(office.name) : authority} ${proposal.review && badge("warning", texts("case.review"))}</h3>
${!office && html`<p class="kern-body kern-body--muted">${texts("case.noOffice")}</p>`}
${pairs(rows)}
${decisionPart(view, proposal)}
</div></li>`;
}
