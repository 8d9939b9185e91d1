import type { Weekday } from "./office.ts";

/** A value inside a text. Rendered in the reader's language; never text of our own. */
export type Value =
  | string
  | number
  /** A text of `locales/`. */
  | { type: "text"; key: string; values?: Values }
  /** A text of the place: a legal one such as `notice.full`, or by its path, such as `municipalities.delbrueck.name`. */
  | { type: "place"; path: string }
  /** A language by its own name (or, for staff, by its German name). */
  | { type: "language"; code: string }
  /** A calendar day `2026-11-25`: weekday, day and month in words; of a `record` day, month and year. */
  | { type: "date"; day: string; style?: "record" }
  /** Weekdays in words, and clock times as they are: "Tuesday, Thursday 9:00–12:00". */
  | { type: "hours"; days: Weekday[]; from: string; to: string }
  /** So many hours, days or months, in words. */
  | { type: "period"; unit: "hour" | "day" | "month"; count: number }
  /** Joined by commas and "and" (`inline`), by dots (`row`), one a line with a bullet (`lines`), or by empty lines. */
  | { type: "list"; items: Value[]; style: "inline" | "row" | "lines" | "paragraphs" };

export type Values = { [name: string]: Value };

/** The name of a team. */
export function teamValue(team: string): Value {
  return { type: "place", path: `teams.${team}.name` };
}

/** One thing that can be chosen. `value` says what is meant, never what to flip. */
export interface Choice {
  value: string;
  /** Default: the text `<key of the prompt>.choice.<value>`. */
  label?: Value;
  /** Shown on every page, where the choices don't fit on one. */
  always?: true;
}

/** What a flow says: a locale key, values and choices; never text. Plain JSON: it is stored until it is sent. */
export interface Prompt {
  key: string;
  /** A sentence in front: what was noted, or why the question is asked again. Never kept for staff. */
  lead?: Value;
  values?: Values;
  /** The closed set of answers, in order. With it, or with `open`, the prompt is a question. */
  choices?: Choice[];
  /** The chosen values of a question with several answers; its choices are then switched on or off until "done". */
  chosen?: string[];
  /** Question answered in words (a phone number). */
  open?: boolean;
  /** Which page of the choices is shown (from 0), where they don't fit on one. */
  page?: number;
  /** "3 of 9". */
  progress?: { step: number; of: number };
  /** Never kept for staff, nor what is answered to it. */
  private?: true;
}

/** A prompt on its way to one contact. */
export interface OutgoingPrompt {
  type: "prompt";
  prompt: Prompt;
  language: string;
  /** Of a question: number of the question in this conversation, sent back by its buttons. */
  token?: number;
  /** Update the message with this platform id instead of sending a new one. */
  updates?: string;
  /** Said while staff write with the person: with a button that ends that. */
  inTalk?: true;
}

/** What a member of staff writes: a prepared text by key and values, or words of their own in a language. */
export type StaffWords =
  | { type: "prepared"; key: string; values?: Values }
  | { type: "free"; text: string; language: string };

/** Words of staff on their way to one contact. */
export interface OutgoingWords {
  type: "words";
  words: StaffWords;
  /** Who writes, as the person may know it: the team, and the name where its owner shows it. */
  from: { team: Value; name?: string };
  /** The person's language. */
  language: string;
}

/** One case as it is shown in a room; `triage` adds needs and proposed offices by name. */
export interface Card {
  code: string;
  municipality?: string;
  language: string;
  interpreter?: string;
  priority: Priority;
  /** Milliseconds since 1970: the age is worked out when the card is sent. */
  submittedAt: number;
  needs?: string[];
  offices?: string[];
  claimedBy?: string;
  /** A person asked to be called, a new version came in, or the person wrote and waits for an answer. */
  flag?: "call" | "changed" | "answered";
  /** The case is closed. */
  closed?: true;
  /** Name of another team that it was handed to: nobody of this room claims it. */
  handedTo?: string;
  /** The person had everything erased: only code and that are shown. */
  erased?: true;
  /** Of what is erased: its period was over, nobody asked. */
  expired?: true;
  /** The person took the agreement back: only that, and a wish to be called, is shown. */
  withdrawn?: true;
}
export type Priority = "urgent" | "high" | "normal";

/** A card on its way to a room; `updates` is the platform's id of the card that it replaces. */
export interface OutgoingCard {
  type: "card";
  card: Card;
  language: string;
  updates?: string;
}

/** News for a room: of one case, or a team's overview. Codes, counts and names of colleagues; nothing of the person's. */
export interface Notice {
  /** Of a text for staff, below `notice.`. */
  key: string;
  values?: Values;
  about?: {
    code: string;
    /** Id of the municipality. */
    municipality?: string;
    priority: Priority;
    /** Milliseconds since 1970: the age is worked out when the notice is sent. */
    submittedAt: number;
    /** Nobody has the case: the notice can be answered by claiming it. */
    claimable?: true;
  };
  /** One line each, for those that count something. */
  counts?: { key: string; count: number; code: string }[];
}

/** A notice on its way to a room. */
export interface OutgoingNotice {
  type: "notice";
  notice: Notice;
  language: string;
}

/** A file on its way to one contact. Its content is kept in one place only, and read just before it is sent. */
export interface OutgoingFile {
  type: "file";
  /** Id of the kept file. */
  file: string;
  /** What is said with it. */
  prompt: Prompt;
  language: string;
  /** Where the receiver fetches it (web): opens it once. */
  token?: string;
}

/** What a turn says. */
export type PersonMessage = OutgoingPrompt | OutgoingFile;
export type OutgoingMessage = PersonMessage | OutgoingCard | OutgoingWords | OutgoingNotice;

/** A file with its content. `name` has letters, digits, dots and hyphens of ASCII only. */
export interface FileContent {
  name: string;
  /** Media type. */
  type: string;
  data: Uint8Array;
}

/** A button, ready to be shown. `data` comes back when it is pressed. */
export interface Button {
  label: string;
  data: string;
  /** Of a question with several answers: switched on. */
  chosen?: boolean;
}

/**
 * A message in words, ready for a channel. `text` has lines and `**bold**` as its only markup; links are bare.
 * Direction and language are for channels that can show them.
 */
export interface RenderedMessage {
  text: string;
  language: string;
  direction: "ltr" | "rtl";
  /** The answers, in order; how many stand in a row is the channel's matter. */
  buttons: Button[];
  /** Menu and urgent help: under every question, always the same two. */
  standing: Button[];
  /** A button that opens a page instead of sending something (a card's "show"). */
  links: { label: string; url: string }[];
  /** Several answers can be chosen. */
  multiple: boolean;
  token?: number;
  updates?: string;
  /** Sent with the text, where the channel carries files; elsewhere a link leads to it. */
  file?: FileContent;
}

/** Turns what is to be sent into words. Made by `src/conversation/render.ts`; handed to the sender. */
export type Render = (message: OutgoingMessage) => RenderedMessage;
