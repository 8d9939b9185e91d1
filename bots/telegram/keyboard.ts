import type { InlineKeyboardButton } from "grammy/types";
import type { RenderedMessage } from "../../src/domain/prompt.ts";
import { directLabel } from "./direction.ts";

/** UTF-16 units of a label that a button as wide as a narrow phone shows whole. */
export const longestLabel = 40;

// How long a label may be with one, two, three buttons in a row, so that a narrow phone shows it whole.
const longestInRow = [longestLabel, 17, 9];

/** Lays out the buttons of a message: the answers and links by the length of their labels, menu and urgent help last. */
export function toKeyboard(message: RenderedMessage): InlineKeyboardButton[][] {
  const label = (text: string) => directLabel(text, message.direction);
  const answers = message.buttons.map((button) => ({
    text: label(button.chosen ? `✓ ${button.label}` : button.label),
    callback_data: button.data,
  }));
  const links = message.links.filter(isOpenable).map((link) => ({ text: label(link.label), url: link.url }));
  const standing = message.standing.map((button) => ({ text: label(button.label), callback_data: button.data }));
  return [...toRows([...answers, ...links]), ...(standing.length > 0 ? [standing] : [])];
}

/**
 * Tells whether Telegram takes a link as a button. It refuses a message with one to `http://localhost`, which is where
 * the staff page is until the service has an address.
 */
export function isOpenable({ url }: { url: string }): boolean {
  const { protocol, hostname } = URL.parse(url) ?? { protocol: "", hostname: "" };
  return /^https?:$/.test(protocol) && /[.:]/.test(hostname);
}

function toRows(buttons: InlineKeyboardButton[]): InlineKeyboardButton[][] {
  const rows: InlineKeyboardButton[][] = [];
  let row: InlineKeyboardButton[] = [];
  for (const button of buttons) {
    if (row.length > 0 && !fitsOneRow([...row, button])) {
      rows.push(row);
      row = [];
    }
    row.push(button);
  }
  return row.length > 0 ? [...rows, row] : rows;
}

function fitsOneRow(buttons: InlineKeyboardButton[]): boolean {
  const longest = longestInRow[buttons.length - 1];
  return longest !== undefined && buttons.every(({ text }) => text.length <= longest);
}
