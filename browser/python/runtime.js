/** @import { Assets, VegaRuntime } from "../types.js" */

import { loadScript } from "../page/script.js";
import { vegaWithinReach, withinReach } from "./disk.js";
import { LastingPython } from "./lasting-python.js";
import { come } from "./loading.js";
import { startPython } from "./python.js";

/**
 * What all simulators of a page share: one Python in a worker and one Vega, started when the first
 * of them needs it.
 *
 * @typedef {{ python: LastingPython, vega: VegaRuntime }} Runtime
 */

export const python = new LastingPython(begin);

/**
 * Both; what could not be started is started again.
 *
 * @returns {Promise<Runtime>}
 */
export async function runtime() {
  const [drawn] = await Promise.all([vega(), python.ready()]);
  return { python, vega: drawn };
}

/** @type {Promise<VegaRuntime> | null} */
let drawing = null;

/**
 * Vega alone, which comes long before Python is ready.
 *
 * @returns {Promise<VegaRuntime>}
 */
export function vega() {
  drawing ??= loadVega().catch((error) => {
    drawing = null;
    throw error;
  });
  return drawing;
}

async function begin() {
  const assets = whereabouts();
  const reached = await withinReach(assets);
  if (reached === assets) {
    return startPython(assets, { onProgress: (bytes) => come(bytes, assets.bytes) });
  }
  try {
    return await startPython(reached);
  } finally {
    URL.revokeObjectURL(reached.worker); // every start makes its own
  }
}

/** @returns {Assets} */
function whereabouts() {
  const text = document.querySelector("#site-assets")?.textContent;
  if (!text) throw new Error("the page does not say where its assets are");
  return JSON.parse(text);
}

/** @returns {Promise<VegaRuntime>} */
async function loadVega() {
  await loadScript(await vegaWithinReach(whereabouts()));
  if (!globalThis.vegaRuntime) throw new Error("Vega did not start");
  return globalThis.vegaRuntime;
}
