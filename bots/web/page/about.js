import { byId } from "./dom.js";

/**
 * The dialog that says what this page keeps, and deletes it.
 * @param {() => Promise<void>} remove
 */
export function startAbout(remove) {
  const dialog = byId("about-dialog", HTMLDialogElement);
  const explanation = byId("delete-explanation", HTMLElement);
  byId("about", HTMLButtonElement).addEventListener("click", () => {
    explanation.hidden = true;
    dialog.showModal();
  });
  byId("close", HTMLButtonElement).addEventListener("click", () => dialog.close());
  byId("delete", HTMLButtonElement).addEventListener("click", () => {
    explanation.hidden = false;
    byId("delete-confirm", HTMLButtonElement).focus();
  });
  byId("delete-confirm", HTMLButtonElement).addEventListener("click", async () => {
    await remove();
    dialog.close();
  });
}
