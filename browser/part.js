/** @import { SimData } from "./types.js" */

import { Figure } from "./figure.js";

/**
 * The element in a panel that its template has put there.
 *
 * @param {Element} root
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function part(root, selector) {
  const element = root.querySelector(selector);
  if (element instanceof HTMLElement) return element;
  throw new Error(`${root.id || root.className}: there is no ${selector}`);
}

/**
 * The charts in a part of a panel.
 *
 * @param {Element} root
 * @param {SimData} data
 * @param {AbortSignal} signal
 */
export function figures(root, data, signal) {
  const elements = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-chart]")]);
  return elements.flatMap((element) => {
    const chart = data.charts[element.dataset.chart ?? ""];
    return chart ? [new Figure(element, chart, signal)] : [];
  });
}
