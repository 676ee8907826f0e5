import { showFeedback } from "./button-feedback.js";

/**
 * Puts a text on the clipboard and lets the button that was pressed say so.
 *
 * @param {HTMLElement} button
 * @param {string} text
 * @param {string} [said]
 */
export async function copyFor(button, text, said = "") {
  await copy(text);
  showFeedback(button, said);
}

/**
 * Copies also where the page is not trusted with the clipboard itself, for which the text must be
 * selected somewhere: beside what has the focus, which comes back.
 *
 * @param {string} text
 */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "visually-hidden";
    (focused ?? document.body).after(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    focused?.focus({ preventScroll: true });
  }
}
