/** @import { Transcript } from "./transcript.js" */
/** @import { PageMessage } from "../wire.ts" */
/** @import { Button } from "../../../src/domain/prompt.ts" */
import { byId, makeButton } from "./dom.js";
import { latest, liveQuestion } from "./transcript.js";

/** @typedef {(button: Button, message: PageMessage) => void} Press */

/** Shows the choices of the present question, and the standing ones, which keep their place. */
export class ChoicesView {
  #choices = byId("choices", HTMLElement);
  #standing = byId("standing", HTMLElement);
  #press;
  #wantsFocus = false;

  /** @param {Press} press */
  constructor(press) {
    this.#press = press;
  }

  /** Moves the focus to the next choices that come, unless the person goes elsewhere before. */
  expectFocus() {
    this.#wantsFocus = true;
    byId("log", HTMLElement).focus({ preventScroll: true });
  }

  /** @param {Transcript} transcript */
  show(transcript) {
    const question = liveQuestion(transcript);
    const offered = question && !question.answered ? question.message : undefined;
    const hadFocus = this.#choices.contains(document.activeElement);
    this.#fill(this.#choices, offered, offered?.buttons ?? []);
    const standing = latest(transcript, (message) => message.standing.length > 0);
    this.#fill(this.#standing, standing, standing?.standing ?? []);
    this.#moveFocus(hadFocus);
  }

  /**
   * A choice that was taken goes away under the focus; it goes on to the first choice of the next question.
   * @param {boolean} hadFocus
   */
  #moveFocus(hadFocus) {
    if (hadFocus && !this.#choices.contains(document.activeElement)) this.expectFocus();
    const resting = document.activeElement === document.body || document.activeElement?.id === "log";
    if (!resting) this.#wantsFocus = false;
    const first = this.#choices.querySelector("button");
    if (!this.#wantsFocus || !first) return;
    this.#wantsFocus = false;
    first.focus({ preventScroll: true });
  }

  /**
   * @param {HTMLElement} group
   * @param {PageMessage | undefined} message
   * @param {Button[]} buttons
   */
  #fill(group, message, buttons) {
    group.hidden = buttons.length === 0;
    if (message) {
      group.lang = message.language;
      group.dir = message.direction;
    }
    const present = [...group.querySelectorAll("button")];
    const same =
      present.length === buttons.length && present.every((node, i) => node.textContent === buttons[i]?.label);
    // The same buttons in another state stay where they are, and so does the focus.
    const nodes = same ? present : buttons.map(({ label }) => makeButton({}, label, () => {}));
    if (!same) group.replaceChildren(...nodes);
    for (const [index, button] of buttons.entries()) {
      const node = nodes[index];
      if (!node || !message) continue;
      node.onclick = () => this.#press(button, message);
      // The way on from several answers stands last.
      const goesOn = message.multiple && index === buttons.length - 1 && group === this.#choices;
      node.className = button.chosen !== undefined ? "toggle" : goesOn ? "primary" : "plain";
      if (button.chosen === undefined) node.removeAttribute("aria-pressed");
      else node.setAttribute("aria-pressed", String(button.chosen));
    }
  }
}
