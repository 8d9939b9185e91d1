import { html } from "hono/html";
import type { CaseDetails } from "../../domain/case.ts";
import { answerLines } from "../answers.ts";
import { dateTime, dayName, germanName, languageName } from "../german.ts";
import type { StaffTexts } from "../texts.ts";
import { caseHistory, caseVersions } from "./case-history.ts";
import { caseLeave } from "./case-leave.ts";
import { caseProposals } from "./case-proposals.ts";
import { caseReferrals } from "./case-referrals.ts";
import { caseTalk } from "./case-talk.ts";
import type { CaseView } from "./case-view.ts";
import { caseWork } from "./case-work.ts";
import { claimForm } from "./claim-form.ts";
import { alert, badge, type Html } from "./layout.ts";
import { pairs, section } from "./section.ts";
import { flagBadges, priorityBadge, statusText } from "./status.ts";

/**
 * The part of a case's page that is fetched anew whenever cases change. What is usual now comes first: to claim it, or,
 * once one has it, to write, to decide, and to say where it stands.
 */
export function caseDetails(view: CaseView): Html {
  const { texts, found, actor, acts, csrf } = view;
  const isMine = acts.includes("stage");
  return html`<div class="staff-case__head">
<div>
<h1 class="kern-heading-large staff-code">${found.code}</h1>
<p class="staff-badges">${found.priority !== "normal" && priorityBadge(texts, found)} ${flagBadges(texts, found)} ${(found.status !== "open" || found.withdrawnAt) && badge(found.status === "claimed" && !found.withdrawnAt ? "success" : "info", statusText(texts, found, actor))}</p>
</div>
${acts.includes("claim") && claimForm(texts, found.code, csrf, "default")}
${isMine && jumps(view)}
</div>
${found.status === "erased" && alert("info", texts(found.expired ? "case.expired" : "case.erased"))}
${found.status !== "erased" && found.withdrawnAt && alert("warning", texts("case.withdrawn"), texts(found.callAskedAt ? "case.withdrawn.call" : "case.withdrawn.body"))}
${handedWords(view)}
<div class="staff-case">
<div class="staff-case__facts">${facts(view)}</div>
<div class="staff-case__main">
${caseProposals(view)}
${caseWork(view)}
${isMine && caseLeave(view)}
${caseAnswers(view)}
${caseReferrals(view)}
${caseTalk(view)}
${!isMine && caseLeave(view)}
</div>
<div class="staff-case__side">
${caseVersions(view)}
${caseHistory(view)}
</div>
</div>`;
}

/** What was said to whoever got the case, while it is with them. */
function handedWords({ texts, found: { events, status } }: CaseView): Html | "" {
  const given = events.findLast(({ kind }) => kind.startsWith("handed_"));
  if (!given?.words || (status !== "open" && status !== "claimed")) return "";
  return alert(
    "info",
    texts("handOver.said", { name: given.by ?? "" }),
    html`<span class="staff-words">${given.words}</span>`,
  );
}

/** The usual next steps of whoever has the case, as links to where they are on the page. */
function jumps({ texts }: CaseView): Html {
  const parts = ["write", "proposals", "work", "leave"] as const;
  return html`<nav class="staff-jumps" aria-label="${texts("jump")}">${parts.map(
    (part) =>
      html`<a class="kern-btn kern-btn--secondary" id="jump-${part}" href="#${part}"><span class="kern-label">${texts(`jump.${part}`)}</span></a>`,
  )}</nav>`;
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
    ...(found.stage ? [{ label: texts("stage"), value: texts(`stage.${found.stage}`) }] : []),
    ...(found.contactPerson ? [{ label: texts("contactPerson"), value: found.contactPerson.name }] : []),
    ...(found.outcome ? [{ label: texts("close.outcome"), value: texts(`outcome.${found.outcome}`) }] : []),
    ...(found.closedAt ? [{ label: texts("case.closedAt"), value: dateTime(texts, found.closedAt) }] : []),
    ...(partner ? [{ label: texts("case.door"), value: germanName(partner.name) }] : []),
    ...(found.callAskedAt ? [{ label: texts("case.callAskedAt"), value: dateTime(texts, found.callAskedAt) }] : []),
  ];
  return section("facts", texts("case.facts"), pairs(items));
}

function interpreter(texts: StaffTexts, { interpreter, interpreterDoneAt }: CaseDetails): string {
  if (!interpreter) return texts("case.interpreter.none");
  const language = interpreter === "other" ? texts("case.interpreter.other") : languageName(texts, interpreter);
  return interpreterDoneAt ? texts("case.interpreter.done", { language }) : language;
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
