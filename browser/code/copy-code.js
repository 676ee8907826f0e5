import { copy } from "../page/downloads.js";

const COPIED = 2500;

/**
 * Gives every script on the page a button that copies it.
 *
 * @param {AbortSignal} signal
 */
export function offerCopies(signal) {
  for (const script of /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll("[data-copy]")
  )) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "script-copy";
    button.textContent = script.dataset.copy ?? "";
    button.addEventListener("click", () => void answer(script, button), { signal });
    script.querySelector("figcaption")?.append(button);
  }
}

/**
 * @param {HTMLElement} script
 * @param {HTMLElement} button
 */
async function answer(script, button) {
  await copy(script.querySelector("code")?.textContent ?? "");
  button.textContent = script.dataset.copied ?? "";
  setTimeout(() => {
    button.textContent = script.dataset.copy ?? "";
  }, COPIED);
}
