/**
 * @import { Posted } from "../wire.ts"
 * @import { PageMessage, Pulled } from "../wire.ts"
 */

/**
 * @typedef {object} Theirs A message of the assistant.
 * @property {"them"} from
 * @property {string} key Stays the same when the message is replaced by a newer one.
 * @property {PageMessage} message
 * @property {boolean} answered One of its choices was taken, so they are not offered any more.
 */
/**
 * @typedef {object} Mine What the person did. It waits here until the service has it.
 * @property {"me"} from
 * @property {string} key The id that it is posted with.
 * @property {Posted} body
 * @property {string} label What the person reads of it; empty for what needs no bubble.
 * @property {"waiting" | "sent" | "failed"} state
 * @property {string} [error] Why it failed.
 */
/** @typedef {Theirs | Mine} Entry */
/**
 * @typedef {object} Transcript All that this browser knows of the conversation.
 * @property {string} chat The conversation that `last` belongs to.
 * @property {number} last Number of the latest message that was taken.
 * @property {Entry[]} entries
 */
/**
 * @typedef {| { type: "said", entry: Mine }
 *   | { type: "settled", key: string, state: "sent" | "failed", error?: string }
 *   | { type: "pulled", pulled: Pulled }
 *   | { type: "reopened", key: string }} Action
 */

const most = 400;

/** @type {Transcript} */
export const empty = { chat: "", last: 0, entries: [] };

/**
 * Applies what happened to a transcript. The same action twice changes nothing.
 * @param {Transcript} transcript
 * @param {Action} action
 * @returns {Transcript}
 */
export function reduce(transcript, action) {
  if (action.type === "said") return say(transcript, action.entry);
  if (action.type === "pulled") return action.pulled.messages.reduce(take, follow(transcript, action.pulled.chat));
  const entries = transcript.entries.map((entry) => {
    if (entry.key !== action.key) return entry;
    if (action.type === "reopened") return entry.from === "them" ? { ...entry, answered: false } : entry;
    return entry.from === "me" ? settle(entry, action.state, action.error) : entry;
  });
  return { ...transcript, entries };
}

/**
 * @param {Transcript} transcript
 * @param {Mine} said
 * @returns {Transcript}
 */
function say(transcript, said) {
  if (transcript.entries.some(({ key }) => key === said.key)) return transcript;
  const question = liveQuestion(transcript);
  const entries = transcript.entries.map((entry) => (entry === question ? answer(question, said.body) : entry));
  return { ...transcript, entries: [...entries, said].slice(-most) };
}

/**
 * Marks a question as answered, or switches the choice that was pressed until the service confirms it.
 * @param {Theirs} question
 * @param {Posted} body
 * @returns {Theirs}
 */
function answer(question, body) {
  if (body.type !== "press") return question;
  const { message } = question;
  const pressed = message.buttons.find(({ data }) => data === body.data);
  if (!pressed || body.ref !== message.ref) return question;
  if (pressed.chosen === undefined) return { ...question, answered: true };
  const buttons = message.buttons.map((button) =>
    button === pressed ? { ...button, chosen: !button.chosen } : button,
  );
  return { ...question, message: { ...message, buttons } };
}

/**
 * @param {Mine} entry
 * @param {"sent" | "failed"} state
 * @param {string | undefined} error
 * @returns {Mine}
 */
function settle(entry, state, error) {
  // What arrived once has arrived, also when a second try of another tab failed.
  if (entry.state === "sent") return entry;
  return { ...entry, state, ...(error && { error }) };
}

/**
 * @param {Transcript} transcript
 * @param {string} chat
 * @returns {Transcript}
 */
function follow(transcript, chat) {
  return chat === "" || chat === transcript.chat ? transcript : { ...transcript, chat, last: 0 };
}

/**
 * @param {Transcript} transcript
 * @param {PageMessage} message
 * @returns {Transcript}
 */
function take(transcript, message) {
  if (message.n <= transcript.last) return transcript;
  const { chat, entries } = transcript;
  const at = entries.findLastIndex(
    (entry) => entry.from === "them" && message.updates && refOf(entry) === message.updates,
  );
  const updated = entries[at];
  if (updated?.from !== "them") {
    /** @type {Theirs} */
    const entry = { from: "them", key: `${chat}.${message.n}`, message, answered: false };
    return { ...transcript, last: message.n, entries: [...entries, entry].slice(-most) };
  }
  const ref = message.ref ?? message.updates;
  /** @type {Theirs} */
  const replaced = { ...updated, message: { ...message, ...(ref && { ref }) }, answered: false };
  // A press that only changed its question has its answer there and needs no bubble.
  const rest = entries.slice(at + 1).filter((entry) => !(isSentPress(entry) && refOf(entry) === message.updates));
  return { ...transcript, last: message.n, entries: [...entries.slice(0, at), replaced, ...rest] };
}

/** @param {Entry} entry */
function refOf(entry) {
  if (entry.from === "them") return entry.message.ref;
  return entry.body.type === "press" ? entry.body.ref : undefined;
}

/** @param {Entry} entry */
function isSentPress(entry) {
  return entry.from === "me" && entry.body.type === "press" && entry.state === "sent";
}

/**
 * Finds the question that waits for an answer: the latest message that has choices or asks for words.
 * @param {Transcript} transcript
 * @returns {Theirs | undefined}
 */
export function liveQuestion({ entries }) {
  const question = entries.findLast(
    (entry) => entry.from === "them" && (entry.message.ref !== undefined || entry.message.buttons.length > 0),
  );
  return question?.from === "them" ? question : undefined;
}

/**
 * Finds the latest message of the assistant that fulfils a condition.
 * @param {Transcript} transcript
 * @param {(message: PageMessage) => boolean} [condition]
 * @returns {PageMessage | undefined}
 */
export function latest({ entries }, condition = () => true) {
  const found = entries.findLast((entry) => entry.from === "them" && condition(entry.message));
  return found?.from === "them" ? found.message : undefined;
}

/**
 * Finds what is to be posted next.
 * @param {Transcript} transcript
 * @returns {Mine | undefined}
 */
export function firstWaiting({ entries }) {
  const waiting = entries.find((entry) => entry.from === "me" && entry.state === "waiting");
  return waiting?.from === "me" ? waiting : undefined;
}

/**
 * Takes over what another tab knows, where that is more; what waits here is kept.
 * @param {Transcript} own
 * @param {Transcript} other
 * @returns {Transcript}
 */
export function merge(own, other) {
  const better = own.entries.length === 0 || (own.chat === other.chat && other.last > own.last);
  if (!better) return own;
  const known = new Set(other.entries.map(({ key }) => key));
  const waiting = own.entries.filter(
    (entry) => entry.from === "me" && entry.state === "waiting" && !known.has(entry.key),
  );
  return { ...other, entries: [...other.entries, ...waiting] };
}
