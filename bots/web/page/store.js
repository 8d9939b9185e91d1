/** @import { Action, Transcript } from "./transcript.js" */
import { empty, merge, reduce } from "./transcript.js";

/**
 * @typedef {| { type: "action", action: Action }
 *   | { type: "hello", last: number }
 *   | { type: "transcript", transcript: Transcript }
 *   | { type: "cleared", leave: boolean }} TabMessage
 */

const storageKey = "lotse";

/**
 * Holds the transcript: in this tab's session storage, so that a reload keeps it and nothing stays on a shared
 * computer, and the same in all tabs of this browser.
 */
export class Store extends EventTarget {
  #transcript = load();
  #tabs = new BroadcastChannel("lotse-chat");

  constructor() {
    super();
    this.#tabs.addEventListener("message", ({ data }) => this.#hear(data));
  }

  get transcript() {
    return this.#transcript;
  }

  /**
   * Applies an action here and in the other tabs.
   * @param {Action} action
   */
  apply(action) {
    this.#set(reduce(this.#transcript, action));
    this.#tell({ type: "action", action });
  }

  /** Asks the other tabs for what they know. Answers come as changes. */
  ask() {
    this.#tell({ type: "hello", last: this.#transcript.last });
  }

  /**
   * Forgets everything, in all tabs.
   * @param {{ leave: boolean }} options `leave` also leaves the page.
   */
  clear({ leave }) {
    this.#tell({ type: "cleared", leave });
    this.#forget(leave);
  }

  /** @param {TabMessage} message */
  #hear(message) {
    const own = this.#transcript;
    if (message.type === "action") this.#set(reduce(own, message.action));
    if (message.type === "transcript") this.#set(merge(own, message.transcript));
    if (message.type === "hello" && own.entries.length > 0 && own.last >= message.last) {
      this.#tell({ type: "transcript", transcript: own });
    }
    // A page that just loaded may still hear what it told itself before: there is nothing to forget any more.
    if (message.type === "cleared" && (message.leave || own.entries.length > 0)) this.#forget(message.leave);
  }

  /** @param {Transcript} transcript */
  #set(transcript) {
    if (transcript === this.#transcript) return;
    this.#transcript = transcript;
    try {
      sessionStorage.setItem(storageKey, JSON.stringify(transcript));
    } catch {
      // Storage is full or not allowed: the conversation then lives as long as the page.
    }
    this.dispatchEvent(new Event("change"));
  }

  /** @param {boolean} leave */
  #forget(leave) {
    this.#transcript = empty;
    try {
      sessionStorage.clear();
    } catch {
      // Not allowed: then there is nothing in it.
    }
    this.dispatchEvent(new Event(leave ? "leave" : "cleared"));
  }

  /** @param {TabMessage} message */
  #tell(message) {
    this.#tabs.postMessage(message);
  }
}

/** @returns {Transcript} */
function load() {
  try {
    const kept = sessionStorage.getItem(storageKey);
    return kept ? JSON.parse(kept) : empty;
  } catch {
    return empty;
  }
}
