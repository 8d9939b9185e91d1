/** @import { Posted } from "../wire.ts" */
import { startAbout } from "./about.js";
import { ChoicesView } from "./choices-view.js";
import { startComposer } from "./composer.js";
import { Delivery } from "./delivery.js";
import { byId } from "./dom.js";
import { LogView } from "./log-view.js";
import { forget, uuid } from "./network.js";
import { keepRoom, showNewest } from "./scroll.js";
import { startStartView } from "./start-view.js";
import { Store } from "./store.js";
import { pageLanguage, setLanguage, text } from "./texts.js";
import { latest } from "./transcript.js";

/** @typedef {Posted extends infer P ? P extends Posted ? Omit<P, "id" | "hint"> : never : never} Said */

const store = new Store();
const delivery = new Delivery(store);
const log = new LogView();
const choices = new ChoicesView((button, { ref }) => {
  const quiet = button.chosen !== undefined;
  say({ type: "press", data: button.data, ...(ref && { ref }) }, quiet ? "" : button.label);
});

/**
 * Says something to the assistant; `label` is what the transcript shows of it.
 * @param {Said} said
 * @param {string} label
 * @param {string} [hint]
 */
function say(said, label, hint = pageLanguage()) {
  notify("");
  const key = uuid();
  store.apply({ type: "said", entry: { from: "me", key, body: { ...said, id: key, hint }, label, state: "waiting" } });
  delivery.start();
  void delivery.send();
}

/**
 * Begins a conversation in a language. Its name is said like any answer, as the first question asks for it.
 * @param {string} language
 * @param {string} name
 */
async function begin(language, name) {
  void setLanguage(language);
  resume(language);
  await delivery.send();
  say({ type: "words", text: name }, name, language);
}

/** Greets the assistant, who then asks what is open. @param {string} [language] */
function resume(language) {
  const door = new URLSearchParams(location.search).get("door");
  say({ type: "start", ...(door && /^[\w-]{1,64}$/.test(door) && { door }) }, "", language);
  choices.expectFocus();
}

function show() {
  const { transcript } = store;
  const talking = transcript.entries.length > 0;
  byId("start", HTMLElement).hidden = talking;
  byId("chat", HTMLElement).hidden = !talking;
  if (!talking) return;
  delivery.start();
  const added = log.show(transcript);
  choices.show(transcript);
  if (added) showNewest(added);
  const language = latest(transcript)?.language;
  if (language) void setLanguage(language);
}

/** @param {string} words */
function notify(words) {
  byId("notice", HTMLElement).textContent = words;
}

/** Replaces the page by an empty one, without a way back to it. */
function leave() {
  document.body.hidden = true;
  location.replace("about:blank");
}

delivery.addEventListener("connection", (event) => {
  const state = event instanceof CustomEvent ? event.detail : "good";
  const banner = byId("connection", HTMLElement);
  const words = state === "lost" ? text("web.offline") : state === "busy" ? text("web.busy") : "";
  if (banner.textContent !== words) banner.textContent = words;
});
delivery.addEventListener("notice", (event) => {
  if (event instanceof CustomEvent) notify(event.detail);
});
store.addEventListener("change", show);
store.addEventListener("cleared", () => location.reload());
store.addEventListener("leave", leave);

startStartView({ begin, resume: () => resume() });
startComposer((words) => say({ type: "words", text: words }, words));
startAbout(async () => {
  await forget();
  store.clear({ leave: false });
});
byId("leave", HTMLButtonElement).addEventListener("click", () => store.clear({ leave: true }));
byId("legal-links", HTMLElement).hidden = !document.querySelector("#legal-links a");
keepRoom();
store.ask();
show();
document.documentElement.dataset.ready = "true";
