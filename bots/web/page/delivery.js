/** @import { Store } from "./store.js" */
import { alone, post, pull } from "./network.js";
import { firstWaiting, liveQuestion } from "./transcript.js";

const every = 20_000;
const longestDelay = 30;

/**
 * Brings what waits in the transcript to the service and what waits there into the transcript, in order, again and
 * again until it has worked. Tells by `connection` events (detail: "good", "lost" or "busy") and `notice` events.
 */
export class Delivery extends EventTarget {
  #store;
  /** @type {Promise<void> | undefined} */
  #sending;
  #wake = () => {};
  /** @type {Promise<void> | undefined} */
  #pulling;
  #pullAgain = false;
  /** @type {EventSource | undefined} */
  #hints;
  #started = false;

  /** @param {Store} store */
  constructor(store) {
    super();
    this.#store = store;
  }

  /** Begins to listen for messages. Only once there is a conversation: merely looking at the page leaves no trace. */
  start() {
    if (this.#started) return;
    this.#started = true;
    const visible = () => document.visibilityState === "visible";
    const look = () => {
      if (!visible()) return;
      this.#store.ask();
      this.retry();
    };
    document.addEventListener("visibilitychange", look);
    window.addEventListener("focus", look);
    window.addEventListener("online", look);
    window.addEventListener("offline", () => this.#connection("lost"));
    setInterval(() => {
      if (!visible()) return;
      void this.send();
      void this.pull();
    }, every);
    // The first post brings the cookie, without which there is nothing to fetch and nothing to listen to.
    void this.send().then(() => {
      void this.pull();
      // One tab listens for all; when it is closed, the next one does.
      void alone("lotse-events", () => new Promise(() => this.#listen()));
    });
  }

  /** Tries again now, whatever the delay. */
  retry() {
    this.#wake();
    void this.send();
    void this.pull();
  }

  /** Posts all that waits, one after the other, with a growing delay where that fails. Resolves when all is done. */
  send() {
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = undefined;
    });
    return this.#sending;
  }

  async #sendAll() {
    for (let failures = 0; firstWaiting(this.#store.transcript); ) {
      const delay = await alone("lotse-send", () => this.#sendFirst(failures));
      failures = delay === 0 ? 0 : failures + 1;
      if (delay > 0) await this.#sleep(delay);
    }
  }

  /** @param {number} failures So many in a row before. */
  async #sendFirst(failures) {
    const entry = firstWaiting(this.#store.transcript);
    if (!entry) return 0;
    const { key } = entry;
    const outcome = await post(entry.body);
    if (outcome.type === "later") {
      this.#connection(outcome.reached ? "busy" : "lost");
      // Spread, so that after an outage not all pages come in the same second.
      const growing = Math.min(longestDelay, 2 ** failures) * (0.75 + Math.random() / 2);
      return outcome.seconds ?? growing;
    }
    this.#connection("good");
    const question = liveQuestion(this.#store.transcript);
    if (outcome.type === "refused") {
      this.#store.apply({ type: "settled", key, state: "failed", error: outcome.error });
    } else {
      this.#store.apply({ type: "settled", key, state: "sent" });
      if (outcome.notice) this.dispatchEvent(new CustomEvent("notice", { detail: outcome.notice }));
      await this.pull();
    }
    // Nothing new came: the question is still the same, and its choices are needed again.
    if (question?.answered && liveQuestion(this.#store.transcript)?.key === question.key) {
      this.#store.apply({ type: "reopened", key: question.key });
    }
    return 0;
  }

  /** Fetches what waits. Calls that come meanwhile share one more. */
  pull() {
    if (this.#pulling) this.#pullAgain = true;
    this.#pulling ??= this.#pullAll().finally(() => {
      this.#pulling = undefined;
    });
    return this.#pulling;
  }

  async #pullAll() {
    do {
      this.#pullAgain = false;
      await alone("lotse-pull", async () => {
        const { chat, last } = this.#store.transcript;
        const pulled = await pull(chat, last);
        if (pulled === "unreached") this.#connection("lost");
        if (typeof pulled === "string") return;
        this.#connection("good");
        // Many at once may not be all: the cursor asks for the rest.
        if (pulled.messages.length >= 20) this.#pullAgain = true;
        if (pulled.messages.length > 0) this.#store.apply({ type: "pulled", pulled });
      });
    } while (this.#pullAgain);
  }

  #listen() {
    this.#hints?.close();
    const hints = new EventSource("/chat/events");
    this.#hints = hints;
    hints.addEventListener("hint", () => this.pull());
    hints.addEventListener("error", () => {
      // It comes back by itself after a broken connection, but not after a refusal.
      if (hints.readyState === EventSource.CLOSED) setTimeout(() => this.#listen(), longestDelay * 1000);
    });
  }

  /** @param {number} seconds */
  async #sleep(seconds) {
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, seconds * 1000);
      this.#wake = () => {
        clearTimeout(timer);
        resolve(undefined);
      };
    });
  }

  /** @param {"good" | "lost" | "busy"} state */
  #connection(state) {
    this.dispatchEvent(new CustomEvent("connection", { detail: state }));
  }
}
