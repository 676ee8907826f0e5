/** @import { Answer } from "../types.js" */

/**
 * Writes numbers into their read-outs: the text for people, the full value in `data-value`.
 *
 * @param {Element} root
 * @returns {(answers: Record<string, Answer>) => void}
 */
export function readouts(root) {
  /** @type {Map<string, HTMLElement[]>} */
  const outputs = new Map();
  for (const output of /** @type {NodeListOf<HTMLElement>} */ (
    root.querySelectorAll("[data-readout]")
  )) {
    const name = output.dataset.readout ?? "";
    outputs.set(name, [...(outputs.get(name) ?? []), output]);
  }
  return (answers) => {
    for (const [name, { value, text }] of Object.entries(answers)) {
      for (const output of outputs.get(name) ?? []) {
        output.dataset.value = value === null ? "" : String(value);
        if (output.textContent !== text) output.textContent = text;
      }
    }
  };
}
