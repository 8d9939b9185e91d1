import { html } from "hono/html";
import type { CaseDetails } from "../../domain/case.ts";
import { answerLines } from "../answers.ts";
import { dateTime, dayName, germanName, languageName } from "../german.ts";
import type { StaffTexts } from "../texts.ts";
import { caseHistory, caseVersions } from "./case-history.ts";
import { caseProposals } from "./case-proposals.ts";
import { caseReferrals } from "./case-referrals.ts";
import { caseTalk } from "./case-talk.ts";
import type { CaseView } from "./case-view.ts";
import { claimForm } from "./claim-form.ts";
import { alert, badge, type Html } from "./layout.ts";
import { pairs, section } from "./section.ts";
import { flagBadges, priorityBadge, statusText } from "./status.ts";

/** The part of a case's page that is fetched anew whenever cases change. */
export function caseDetails(view: CaseView): Html {
  const { texts, found, member, csrf } = view;
  return html`<div class="staff-case__head">
<div>
<h1 class="kern-heading-large staff-code">${found.code}</h1>
<p class="staff-badges">${found.priority !== "normal" && priorityBadge(texts, found)} ${flagBadges(texts, found)} ${(found.status !== "open" || found.withdrawnAt) && badge(found.status === "claimed" && !found.withdrawnAt ? "success" : "info", statusText(texts, found, member))}</p>
</div>
${found.status === "open" && !found.withdrawnAt && claimForm(texts, found.code, csrf, "default")}
</div>
${found.status === "erased" && alert("info", texts("case.erased"))}
${found.status !== "erased" && found.withdrawnAt && alert("warning", texts("case.withdrawn"), texts(found.callAskedAt ? "case.withdrawn.call" : "case.withdrawn.body"))}
<div class="staff-case">
<div class="staff-case__facts">${facts(view)}</div>
<div class="staff-case__main">
${caseProposals(view)}
${caseAnswers(view)}
${caseReferrals(view)}
${caseTalk(view)}
</div>
<div class="staff-case__side">
${caseVersions(view)}
${caseHistory(view)}
</div>
</div>`;
}

function facts({ texts, place, found }: CaseView): Html {
  const town = place.municipalities[found.municipality ?? ""];
  const team = place.teams[found.team];
  const partner = place.partners[found.door ?? ""];
  const items = [
    { label: texts("case.municipality"), value: town ? germanName(town.name) : texts("where.none") },
    { label: texts("case.language"), value: languageName(texts, found.language) },
    { label: texts("case.interpreter"), value: interpreter(texts, found) },
    { label: texts("case.team"), value: team ? germanName(team.name) : found.team },
    ...(found.coveredFor ? [{ label: texts("case.coveredFor"), value: found.coveredFor }] : []),
    { label: texts("case.submittedAt"), value: dateTime(texts, found.submittedAt) },
    { label: texts("case.dueOn"), value: dayName(found.dueOn) },
    ...(partner ? [{ label: texts("case.door"), value: germanName(partner.name) }] : []),
    ...(found.callAskedAt ? [{ label: texts("case.callAskedAt"), value: dateTime(texts, found.callAskedAt) }] : []),
  ];
  return section("facts", texts("case.facts"), pairs(items));
}

function interpreter(texts: StaffTexts, { interpreter }: CaseDetails): string {
  if (!interpreter) return texts("case.interpreter.none");
  return interpreter === "other" ? texts("case.interpreter.other") : languageName(texts, interpreter);
}

function caseAnswers(view: CaseView): Html {
  const { texts, found } = view;
  const [latest] = found.intakes;
  const lines = latest ? answerLines(view, latest.answers) : [];
  const content =
    lines.length === 0
      ? html`<p class="kern-body kern-body--muted">${texts("case.answers.none")}</p>`
      : pairs(
          lines.map(({ label, value, written }) => ({
            label,
            value: written ? html`<span dir="auto" translate="no">${value}</span>` : value,
          })),
        );
  return section("answers", texts("case.answers"), content);
}
