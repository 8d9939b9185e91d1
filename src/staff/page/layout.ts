import { html } from "hono/html";
import type { MenuLink } from "../menu.ts";
import type { StaffTexts } from "../texts.ts";

/** Escaped HTML, as `html` makes it. */
export type Html = ReturnType<typeof html>;

/** What every page shows around its content. */
export interface Frame {
  texts: StaffTexts;
  /** Name of the place, such as "Kreis Paderborn". */
  place: string;
  /** Examples stand where facts should: no real data may be entered. */
  trial: boolean;
  /** Path of the assets. */
  assets: string;
  /** Whoever is signed in, with the value that their forms carry and the pages that they may use. */
  reader?: { name: string; csrf: string; links: MenuLink[] };
}

/** A whole page. */
export function page(frame: Frame, title: string, content: Html): Html {
  const { texts, assets } = frame;
  return html`<!doctype html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${texts("title", { page: title, place: frame.place })}</title>
<link rel="icon" href="${assets}/icon.svg">
<link rel="stylesheet" href="${assets}/kern.min.css">
<link rel="stylesheet" href="${assets}/fonts/fira-sans.css">
<link rel="stylesheet" href="${assets}/staff.css">
<script src="${assets}/staff.js" defer></script>
</head>
<body>
<a class="kern-link staff-skip" href="#main">${texts("skip")}</a>
<header class="staff-header">
<div class="kern-container staff-header__content">
<a class="staff-brand" href="/staff"><strong>Lotse</strong> <span>${frame.place}</span></a>
${frame.reader && menu(texts, frame.reader.links)}
${frame.reader && signOut(texts, frame.reader)}
</div>
</header>
<main id="main" class="kern-container staff-main" tabindex="-1">
${frame.trial && trial(texts)}
${content}
</main>
</body>
</html>`;
}

/** A notice in a box. `live` ones are read out at once. */
export function alert(
  kind: "info" | "success" | "warning" | "danger",
  title: string,
  body?: string | Html,
  live = false,
): Html {
  return html`<div class="kern-alert kern-alert--${kind} staff-alert" ${live && html`role="status"`}>
<div class="kern-alert__header">
<span class="kern-icon kern-icon--${kind}" aria-hidden="true"></span>
<span class="kern-title">${title}</span>
</div>
${body && html`<div class="kern-alert__body"><p class="kern-body">${body}</p></div>`}
</div>`;
}

/** A small coloured word. */
export function badge(kind: "info" | "success" | "warning" | "danger", text: string): Html {
  return html`<span class="kern-badge kern-badge--small kern-badge--${kind}"><span class="kern-icon kern-icon--${kind}" aria-hidden="true"></span><span class="kern-label">${text}</span></span>`;
}

function trial(texts: StaffTexts): Html {
  return html`<div class="kern-alert kern-alert--warning staff-alert"><p class="kern-alert__header"><span class="kern-icon kern-icon--warning" aria-hidden="true"></span><span class="kern-body">${texts("trial")}</span></p></div>`;
}

function menu(texts: StaffTexts, links: MenuLink[]): Html {
  return html`<nav class="staff-menu" aria-label="${texts("menu")}">${links.map(
    ({ href, label, current }) =>
      html`<a class="staff-menu__link" href="${href}" ${current && html`aria-current="page"`}>${label}</a>`,
  )}</nav>`;
}

function signOut(texts: StaffTexts, reader: { name: string; csrf: string }): Html {
  return html`<form class="staff-header__reader" method="post" action="/staff/sign-out">
<a class="kern-link kern-link--no-visited-state kern-link--small" href="/staff/me"><span class="kern-sr-only">${texts("signedInAs")} </span>${reader.name}</a>
<input type="hidden" name="csrf" value="${reader.csrf}">
<button class="kern-btn kern-btn--tertiary kern-btn--x-small"><span class="kern-label">${texts("signOut")}</span></button>
</form>`;
}
