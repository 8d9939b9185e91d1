import { html } from "hono/html";
import type { Html } from "./layout.ts";

/** A text of ours, which has `**bold**` as its only markup. */
export function marked(text: string): Html {
  return html`${text.split("**").map((part, index) => (index % 2 === 1 ? html`<strong>${part}</strong>` : part))}`;
}
