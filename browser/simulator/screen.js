/** @import { Panel } from "./panel.js" */

import { part } from "../page/part.js";

/** Beside its controls a figure needs this many pixels, while text has its usual size. */
const WIDTH = 1120;

const STEP = 0.05;

/**
 * Offers to fill the screen with a panel, for those who look at it from the back of a room: then
 * everything grows as far as figure, controls and sentence can still be seen together.
 *
 * @param {Panel} panel
 */
export function offerScreen({ root, signal }) {
  const button = part(root, "[data-action=screen]");
  button.hidden = !document.fullscreenEnabled;
  const fit = () => {
    const filled = document.fullscreenElement === root;
    button.setAttribute("aria-pressed", String(filled));
    if (filled) grow(root);
    else if (!document.fullscreenElement) document.documentElement.style.removeProperty("--grown");
  };
  document.addEventListener("fullscreenchange", fit, { signal });
  addEventListener("resize", () => document.fullscreenElement === root && grow(root), { signal });
}

/** @param {Panel} panel */
export async function toggleScreen({ root }) {
  try {
    if (document.fullscreenElement === root) await document.exitFullscreen();
    else await root.requestFullscreen();
  } catch {
    // a browser may refuse: all stays as it is
  }
}

/** @param {HTMLElement} root */
function grow(root) {
  const bench = part(root, ".simulator-bench");
  let grown = root.clientWidth / WIDTH;
  do {
    document.documentElement.style.setProperty("--grown", String(Math.max(grown, 1)));
    grown -= STEP;
  } while (grown > 1 && bench.getBoundingClientRect().bottom > root.clientHeight);
}
