import type { Purpose } from "./agreement.ts";

/** Where one flow waits. `value` and `context` are XState's, as plain JSON. */
export interface Position {
  flow: string;
  /** The flow's version that wrote it. */
  version: number;
  value: unknown;
  context: unknown;
}

/** All that a turn reads and writes of one contact's conversation. Sealed at rest. */
export interface Conversation {
  /** The bottom is always "home"; urgent help, language, menu and reminders come on top and go away again. */
  stack: Position[];
  /** Number of the latest question. */
  token: number;
  /** The latest press that was taken, so that a double tap is told from a press on an old question. */
  pressed?: string;
  /** True once the person agreed to the intake: only then is the conversation kept for staff. False once it was taken back. */
  agreed?: boolean;
  /** What else the person agreed to and has not taken back; without what is for an office. */
  alsoAgreed?: Purpose[];
  /** Messages since `since` (ms), to answer a flood once. */
  pace?: { since: number; count: number };
  /** True once the question about naturalisation was answered: it is asked once. */
  naturalisationAsked?: boolean;
  /** True after the person said that the phone is not safe: no reminders. */
  quiet?: boolean;
  /** True while the person has taken reminders back. */
  noReminders?: boolean;
  /** True once the open intake was offered again. */
  reminded?: boolean;
  /** Code of the partner's link, waiting for the person's agreement. */
  door?: string;
  /** While staff write with the person. */
  talk?: TalkNotes;
}

/** What is remembered while staff write with the person. Staff's next words make it anew. */
export interface TalkNotes {
  /** The team that writes. */
  team: string;
  /** The person asked for a flow while so many positions waited: what answers goes there, until it is over. */
  aside?: number;
  /** When the person last wrote after a receipt (ms), and whether it said that nobody is there now. */
  told?: number;
  toldClosed?: true;
}

/** A contact's session as it was loaded. Version 0 is a contact we have never seen. */
export interface Session {
  contactId: string;
  id: string;
  version: number;
  /** Undefined until the person has chosen. */
  language: string | undefined;
  conversation: Conversation;
  /** Number of the last row written into the contact's lane. */
  sent: number;
  /** Nothing is sent while set: the person blocked the bot, or said stop. */
  silent: "blocked" | "stopped" | undefined;
  /** The case whose manager is writing with the person: flows are silent meanwhile. */
  talking: string | undefined;
}

/** The flows whose answers wait to be sent. */
const intakes = new Set(["intake", "contact", "change"]);

/** Whether a flow keeps answers that are not sent yet. */
export function isIntake(flow: string): boolean {
  return intakes.has(flow);
}

/** Whether answers wait to be sent. */
export function hasOpenIntake({ stack }: Conversation): boolean {
  return stack.some(({ flow }) => isIntake(flow));
}
