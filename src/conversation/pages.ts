import type { Choice } from "../domain/prompt.ts";

/** Choices on one page, besides those that stand on every page. */
export const pageSize = 6;

/** How many pages the choices need. One choice more than a page holds is no reason for a second one. */
export function pageCount(choices: Choice[]): number {
  const paged = choices.filter(({ always }) => !always).length;
  return paged <= pageSize + 1 ? 1 : Math.ceil(paged / pageSize);
}

/** The choices on a page (from 0), and the page after it: after the last one the first again. */
export function pageOf(choices: Choice[], page: number): { shown: Choice[]; always: Choice[]; next?: number } {
  const pages = pageCount(choices);
  if (pages === 1) return { shown: choices, always: [] };
  const current = Math.min(Math.max(page, 0), pages - 1);
  return {
    shown: choices.filter(({ always }) => !always).slice(current * pageSize, (current + 1) * pageSize),
    always: choices.filter(({ always }) => always),
    next: (current + 1) % pages,
  };
}
