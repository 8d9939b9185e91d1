import { html } from "hono/html";
import type { Html } from "./layout.ts";

/** A titled part of the page. */
export function section(id: string, title: string, content: Html | Html[]): Html {
  return html`<section class="staff-section" aria-labelledby="${id}"><h2 class="kern-heading-medium" id="${id}">${title}</h2>${content}</section>`;
}

/** Pairs of label and value. */
export function pairs(items: { label: string; value: unknown }[]): Html {
  return html`<dl class="kern-description-list staff-pairs">${items.map(
    ({ label, value }) =>
      html`<div class="kern-description-list-item"><dt class="kern-description-list-item__key">${label}</dt><dd class="kern-description-list-item__value">${value}</dd></div>`,
  )}</dl>`;
}
