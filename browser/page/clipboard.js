const SAID = 2500;

/**
 * Puts a text on the clipboard and lets the button that was pressed say so for a while. What it
 * says is read out; what it says afterwards is what the reader knows.
 *
 * @param {HTMLElement} button
 * @param {string} text
 * @param {string} [said]
 */
export async function copyFor(button, text, said = "") {
  button.dataset.words ??= button.textContent ?? "";
  await copy(text);
  button.ariaLive = "polite";
  button.textContent = said;
  setTimeout(() => {
    button.ariaLive = "off";
    button.textContent = button.dataset.words ?? "";
  }, SAID);
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
