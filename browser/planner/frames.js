/** @import { Size } from "./types.js" */

/**
 * The size of the frame that the page shows: the style sheet decides on it by the room there is.
 *
 * @param {Element} chart
 * @returns {Size}
 */
export function shownSize(chart) {
  const narrow = chart.querySelector('[data-size="narrow"]');
  return narrow && getComputedStyle(narrow).display !== "none" ? "narrow" : "wide";
}

/**
 * Puts a drawing into its frame.
 *
 * @param {Element} place
 * @param {string} drawing SVG, as the planner's Python writes it
 */
export function draw(place, drawing) {
  const parsed = new DOMParser().parseFromString(drawing, "image/svg+xml");
  place.replaceChildren(document.importNode(parsed.documentElement, true));
}
