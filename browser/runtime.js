/** @import { Assets, Python, VegaRuntime } from "./types.js" */

import { startPython } from "./python.js";

/**
 * What all simulators of a page share: one Python in a worker and one Vega, started when the first
 * of them needs it.
 *
 * @typedef {{ python: Python, vega: VegaRuntime }} Runtime
 */

/** @type {Promise<Runtime> | null} */
let started = null;

/** @returns {Promise<Runtime>} */
export function runtime() {
  started ??= start();
  return started;
}

/** Lets the next call try again after a failure. */
export function forget() {
  started = null;
}

async function start() {
  const assets = whereabouts();
  const [python, vega] = await Promise.all([startPython(assets, {}), loadVega(assets.vega)]);
  return { python, vega };
}

/** @returns {Assets} */
function whereabouts() {
  const text = document.querySelector("#site-assets")?.textContent;
  if (!text) throw new Error("the page does not say where its assets are");
  return JSON.parse(text);
}

/**
 * @param {string} url
 * @returns {Promise<VegaRuntime>}
 */
function loadVega(url) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.onload = () => {
      if (globalThis.vegaRuntime) resolve(globalThis.vegaRuntime);
      else reject(new Error("Vega did not start"));
    };
    script.onerror = () => reject(new Error("Vega could not be loaded"));
    document.head.append(script);
  });
}
