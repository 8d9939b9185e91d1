import type { Context } from "hono";
import { html } from "hono/html";
import type { Pool } from "pg";
import type { Mail } from "../domain/mail.ts";
import type { Render } from "../domain/prompt.ts";
import type { Texts } from "../domain/texts.ts";
import type { Keyring } from "../store/keyring.ts";
import type { CaseChanges } from "../store/listen.ts";
import type { OpenPrisma } from "../store/prisma.ts";
import type { StaffMember } from "../store/staff-sessions.ts";
import { germanName } from "./german.ts";
import { menuOf } from "./menu.ts";
import { alert, type Html, page } from "./page/layout.ts";
import type { StaffPlace } from "./place.ts";
import type { TalkTools } from "./talk-tools.ts";
import type { StaffTexts } from "./texts.ts";
import type { ChatWords } from "./words.ts";

/** What the staff pages are given. */
export interface StaffOptions {
  pool: Pool;
  prisma: OpenPrisma;
  keyring: Keyring;
  /** Address of the service as browsers know it. */
  publicUrl: string;
  place: StaffPlace;
  texts: Pick<Texts, "text">;
  words: ChatWords;
  /** Puts a message into words exactly as its channel gets it. */
  render: Render;
  talk: TalkTools;
  /** Codes of the languages whose texts nobody has read who speaks them. */
  unreviewed: string[];
  /** Whether each channel works: nothing, or what is wrong. */
  channels: () => Promise<{ name: string; trouble: string | undefined }[]>;
  /** Sends mail, where that is set up. */
  mail?: Mail;
  changes: Pick<CaseChanges, "onChange">;
  /** Number of the process that sends new cards. */
  owner: () => number;
  /** A case was changed, and lanes have cards to be sent. Called after the commit. */
  changed: (lanes: string[]) => void;
  /** Puts what case managers asked into the chats. Called after the commit. */
  deliverReferrals: () => void;
  now?: () => Date;
}

/** The options with what the routes share. */
export interface StaffSite extends Omit<StaffOptions, "texts"> {
  texts: StaffTexts;
  now: () => Date;
  /** Path of styles and script. */
  assets: string;
}

/** Answers with a whole page. */
export function show(
  site: StaffSite,
  context: Context,
  title: string,
  content: Html,
  status: 200 | 401 | 403 | 404 | 409 | 410 | 422 | 429 = 200,
): Response | Promise<Response> {
  const member = context.get("member") as StaffMember | undefined;
  const reader = member && {
    name: member.name,
    csrf: context.get("csrf") as string,
    links: menuOf(site.texts, member.roles, context.req.path),
  };
  const { texts, place, assets } = site;
  const frame = { texts, place: germanName(place.name), trial: place.trial, assets, ...(reader && { reader }) };
  return context.html(page(frame, title, content), status);
}

/** Says that a change was not made, because it did not come from our page. */
export function refuseChange(site: StaffSite, context: Context): Response | Promise<Response> {
  const { texts } = site;
  const content = html`<h1 class="kern-heading-large">${texts("refused.page")}</h1>
${alert("danger", texts("refused.page"), texts("refused"), true)}${toStart(texts)}`;
  return show(site, context, texts("refused.page"), content, 403);
}

/** Says that whoever asks may not do or see this. Names nothing of what it is. */
export function showForbidden(
  site: StaffSite,
  context: Context,
  text: string = site.texts("forbidden"),
  written = "",
): Response | Promise<Response> {
  const { texts } = site;
  const lost = html`<h2 class="kern-heading-small">${texts("act.lost")}</h2><p class="kern-body staff-lost" dir="auto">${written}</p>`;
  const content = html`<h1 class="kern-heading-large">${texts("forbidden.page")}</h1>
${alert("warning", text)}${written && lost}<p class="kern-body"><a class="kern-link" href="/staff">${texts("forbidden.back")}</a></p>`;
  return show(site, context, texts("forbidden.page"), content, 403);
}

/** Says that something is not there. */
export function showMissing(site: StaffSite, context: Context, text: string): Response | Promise<Response> {
  const { texts } = site;
  const content = html`<h1 class="kern-heading-large">${texts("notFound.page")}</h1><p class="kern-body">${text}</p>${toStart(texts)}`;
  return show(site, context, texts("notFound.page"), content, 404);
}

/** The way back to the list. */
export function toList(texts: StaffTexts): Html {
  return back("/staff/cases", texts("backToList"));
}

/** The way to the page that somebody starts with. */
function toStart(texts: StaffTexts): Html {
  return back("/staff", texts("forbidden.back"));
}

/** A way back. */
export function back(href: string, label: string): Html {
  return html`<p class="staff-back"><a class="kern-link kern-link--no-visited-state" href="${href}"><span class="kern-icon kern-icon--arrow-back" aria-hidden="true"></span>${label}</a></p>`;
}

/** The way back to a case. */
export function toCase(texts: StaffTexts, code: string): Html {
  return html`<p class="staff-back staff-noprint"><a class="kern-link kern-link--no-visited-state" href="/staff/cases/${code}"><span class="kern-icon kern-icon--arrow-back" aria-hidden="true"></span>${texts("backToCase", { code })}</a></p>`;
}

/**
 * A part of a page that the script fetches anew, under the same address, whenever cases change; `changed` is read out
 * when more than times differ. Forms with something typed in them stay; `kept` stands above those that have no place in
 * the new content.
 */
export function live(content: Html, changed: string, kept = ""): Html {
  return html`<p class="kern-sr-only" role="status" id="news"></p><div id="live" data-changed="${changed}" data-kept="${kept}">${content}</div>`;
}

/** Whether the script asks for the live part alone. */
export function asksForLivePart(context: Context): boolean {
  return context.req.header("x-live") !== undefined;
}
