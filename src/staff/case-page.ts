import type { Context } from "hono";
import { html } from "hono/html";
import { berlinDay } from "../domain/berlin.ts";
import type { CaseDetails } from "../domain/case.ts";
import { possibleActs } from "../domain/case-act.ts";
import { codePattern } from "../domain/code.ts";
import { listCaseManagers } from "../store/case-managers.ts";
import { readCase } from "../store/cases.ts";
import type { Draft } from "./act-form.ts";
import { actorOf } from "./actor.ts";
import type { StaffEnv } from "./guard.ts";
import { lostWords } from "./page/act-result.ts";
import { caseDetails } from "./page/case-details.ts";
import type { CaseView } from "./page/case-view.ts";
import type { Html } from "./page/layout.ts";
import { live, type StaffSite, show, toList } from "./site.ts";
import { talkViewOf } from "./talk-view.ts";

/** A case by the code in the address, opened; or nothing. */
export async function findCase(site: StaffSite, context: Context<StaffEnv>): Promise<CaseDetails | undefined> {
  const code = context.req.param("code") ?? "";
  return codePattern.test(code) ? readCase(await site.prisma(), site.keyring, code) : undefined;
}

/** What the page of a case is made of, for whoever is signed in. */
export async function viewOf(
  site: StaffSite,
  context: Context<StaffEnv>,
  found: CaseDetails,
  draft?: Draft,
): Promise<CaseView> {
  const { texts, words, place } = site;
  const [member, csrf] = [context.get("member"), context.get("csrf")];
  const actor = actorOf(member);
  const acts = possibleActs(found, actor);
  const colleagues = acts.includes("handOver") ? await listCaseManagers(site.pool) : [];
  const today = berlinDay(site.now().getTime());
  const talk = await talkViewOf(site, member, found.code);
  const reader = { member, csrf, actor, acts, colleagues };
  return { texts, words, place, found, today, talk, ...reader, ...(draft && { draft }) };
}

/** The whole page of a case, with a notice of what was just done or not. */
export function showCase(
  site: StaffSite,
  context: Context<StaffEnv>,
  view: CaseView,
  notice: Html | "" = "",
  status: 200 | 409 | 422 = 200,
): Response | Promise<Response> {
  const { texts } = site;
  const { code } = view.found;
  const whole = html`${toList(texts)}${notice}${lostWords(view)}${live(caseDetails(view), texts("case.changed"), texts("case.kept"))}`;
  return show(site, context, texts("case.page", { code }), whole, status);
}
