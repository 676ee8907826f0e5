import { copyFor } from "../page/clipboard.js";

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
    const copy = () => {
      const code = script.querySelector("code")?.textContent ?? "";
      void copyFor(button, code, script.dataset.copied);
    };
    button.addEventListener("click", copy, { signal });
    script.querySelector("figcaption")?.append(button);
  }
}
