import type { RenderedMessage } from "../../../src/domain/prompt.ts";

/** Makes a message in words. */
export function rendered(text: string, more: Partial<RenderedMessage> = {}): RenderedMessage {
  const standing = [
    { label: "Menu", data: "!menu" },
    { label: "Urgent help", data: "!urgent" },
  ];
  return { text, language: "en", direction: "ltr", buttons: [], standing, links: [], multiple: false, ...more };
}

/** Makes a question with a number of choices. */
export function question(count: number, more: Partial<RenderedMessage> = {}): RenderedMessage {
  const buttons = Array.from({ length: count }, (_, i) => ({ label: `Answer ${i + 1}.`, data: `1:a${i + 1}` }));
  return rendered("Which one?", { buttons, token: 1, ...more });
}
