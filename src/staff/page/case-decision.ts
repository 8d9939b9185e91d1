import { html } from "hono/html";
import { type Decision, decisionOn, olderDecisions } from "../../domain/decision.ts";
import type { Proposal } from "../../domain/triage.ts";
import { dateTime, germanName } from "../german.ts";
import { type FormView, select, textArea } from "./act-fields.ts";
import { actForm, folded } from "./act-form.ts";
import type { CaseView } from "./case-view.ts";
import { badge, type Html } from "./layout.ts";

/** What a human decided about a proposal, and the forms to decide and to tell the person. */
export function decisionPart(view: CaseView, proposal: Proposal): Html {
  const { found, acts } = view;
  const [latest] = found.intakes;
  const made = latest && decisionOn(found.decisions, latest.version, proposal.rule);
  return html`${made && decided(view, made)}${made && tell(view, made)}${latest && acts.includes("decide") && forms(view, proposal, latest.version, made)}`;
}

/** Decisions on what the person had answered before: they are not taken over by themselves. */
export function olderDecisionsPart(view: CaseView): Html | "" {
  const { texts, found } = view;
  const [latest] = found.intakes;
  const older = latest ? olderDecisions(found.decisions, latest.version) : [];
  if (older.length === 0) return "";
  // Only offices: a rule that holds no longer may tell of an answer that the person took back.
  return html`<h3 class="kern-title staff-older">${texts("decision.older")}</h3>
<p class="kern-body kern-body--muted">${texts("decision.older.hint")}</p>
<ul class="staff-history kern-body">${older.map((one) => html`<li>${decided(view, one)}</li>`)}</ul>`;
}

function decided({ texts, place }: CaseView, made: Decision): Html {
  const { kind, office, reason, by, at, toldAt, toldBy } = made;
  const values = { office: officeName(texts, place, office), name: by, at: dateTime(texts, at) };
  return html`<div class="staff-decision"><p class="kern-body">${badge(kind === "confirmed" ? "success" : "info", texts(`decision.${kind}`))} ${texts("decision.made", values)}</p>
${reason && html`<p class="kern-body staff-words">${texts("decision.reason")}: ${reason}</p>`}
${toldAt && html`<p class="kern-body">${texts("decision.told", { name: toldBy ?? "", at: dateTime(texts, toldAt) })}</p>`}</div>`;
}

function tell({ texts, found, acts }: CaseView, made: Decision): Html | "" {
  if (!acts.includes("tell") || made.toldAt || !made.office) return "";
  if (found.unreachable) return html`<p class="kern-body kern-body--muted">${texts(`tell.${found.unreachable}`)}</p>`;
  return html`<p><a class="kern-btn kern-btn--primary" id="tell-${made.rule}" href="/staff/cases/${found.code}/tell/${made.id}"><span class="kern-label">${texts("tell.link")}</span></a></p>`;
}

function forms(view: CaseView, { rule, office }: Proposal, intake: number, made: Decision | undefined): Html {
  const { texts, place } = view;
  const given = { intake: String(intake), rule };
  const offices = Object.entries(place.offices)
    .filter(([id]) => id !== office)
    .map(([value, { name }]) => ({ value, label: germanName(name) }))
    .sort((a, b) => a.label.localeCompare(b.label, "de"));
  const none = { value: "none", label: texts("decision.none") };
  const fields = (form: FormView) => [
    select(form, { name: "office", label: texts("decision.office"), options: office ? [none, ...offices] : offices }),
    textArea(form, { name: "reason", label: texts("decision.why"), hint: texts("decision.why.hint") }),
  ];
  const change = actForm(view, {
    act: "decide",
    given: { ...given, verdict: "change" },
    button: texts("decision.change.button"),
    fields,
  });
  return html`<div class="staff-decide">
${made?.kind !== "confirmed" && actForm(view, { act: "decide", given: { ...given, verdict: "confirm" }, button: texts("decision.confirm"), look: made ? "secondary" : "primary" })}
${folded(view, texts(made ? "decision.again" : "decision.change"), [`act-decide-${rule}-change`], change)}
</div>`;
}

function officeName(texts: CaseView["texts"], place: CaseView["place"], office: string | null): string {
  if (office === null) return texts("decision.noOffice");
  return place.offices[office] ? germanName(place.offices[office].name) : office;
}
