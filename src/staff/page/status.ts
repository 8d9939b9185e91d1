import { html } from "hono/html";
import type { CaseSummary } from "../../domain/case.ts";
import { isClaimer } from "../../domain/case-act.ts";
import type { Actor } from "../../domain/staff.ts";
import type { StaffTexts } from "../texts.ts";
import { badge, type Html } from "./layout.ts";

/** The priority, coloured where it is more than normal. */
export function priorityBadge(texts: StaffTexts, { priority }: CaseSummary): Html {
  if (priority === "normal") return html`<span>${texts("priority.normal")}</span>`;
  return badge(priority === "urgent" ? "danger" : "warning", texts(`priority.${priority}`));
}

/** What a colleague should see first: somebody waits for a call, wrote, or sent new answers. */
export function flagBadges(texts: StaffTexts, found: CaseSummary): Html[] {
  const flags: Html[] = [];
  if (found.callAskedAt) flags.push(badge("danger", texts("call")));
  if (found.unread) flags.push(badge("info", texts("unread")));
  if (found.versions > 1) flags.push(badge("info", texts("changed")));
  return flags;
}

/** Where a case stands, in words. */
export function statusText(texts: StaffTexts, found: CaseSummary, actor: Actor): string {
  if (found.expired) return texts("status.expired");
  const isCaller = found.status === "claimed" && found.callAskedAt !== null;
  if (found.withdrawnAt && found.status !== "erased" && !isCaller) return texts("status.withdrawn");
  if (found.status !== "claimed" || !found.claimedBy) return texts(`status.${found.status}`);
  if (isClaimer(found, actor)) return texts("status.claimedByMe");
  return texts("status.claimedBy", { name: found.claimedBy });
}

/** The language of the talk, and whether somebody shall interpret. */
export function interpreterText(texts: StaffTexts, found: CaseSummary, name: (code: string) => string): string {
  if (!found.interpreter) return "";
  if (found.interpreter === found.language) return texts("interpreter");
  if (found.interpreter === "other") return texts("interpreter.other");
  return texts("interpreter.in", { language: name(found.interpreter) });
}
