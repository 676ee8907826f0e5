const SAID = 2500;

/**
 * Lets the button that was pressed say for a while what came of it. What it says is read out; what
 * it says afterwards is what the reader knows.
 *
 * @param {HTMLElement} button
 * @param {string} said
 */
export function sayOn(button, said) {
  button.dataset.words ??= button.textContent ?? "";
  button.ariaLive = "polite";
  button.textContent = said;
  setTimeout(() => {
    button.ariaLive = "off";
    button.textContent = button.dataset.words ?? "";
  }, SAID);
}
