import { byId } from "./dom.js";

/**
 * Lets the person write. Enter sends; on a touch keyboard it makes a line, as everywhere there.
 * @param {(words: string) => void} send
 */
export function startComposer(send) {
  const form = byId("composer", HTMLFormElement);
  const input = byId("input", HTMLTextAreaElement);
  const touch = matchMedia("(pointer: coarse)");

  const grow = () => {
    input.style.blockSize = "auto";
    input.style.blockSize = `${input.scrollHeight + input.offsetHeight - input.clientHeight}px`;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const words = input.value.trim();
    if (!words) return;
    input.value = "";
    grow();
    send(words);
    input.focus();
  });
  input.addEventListener("input", grow);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || touch.matches) return;
    event.preventDefault();
    form.requestSubmit();
  });
}
