/** Milliseconds for which the feedback shows. */
const DURATION = 2500;

/**
 * Shows a message in place of a button's label for a while; screen readers announce the message,
 * not the label that comes back.
 *
 * @param {HTMLElement} button
 * @param {string} message
 */
export function showFeedback(button, message) {
  button.dataset.words ??= button.textContent ?? "";
  button.ariaLive = "polite";
  button.textContent = message;
  setTimeout(() => {
    button.ariaLive = "off";
    button.textContent = button.dataset.words ?? "";
  }, DURATION);
}
