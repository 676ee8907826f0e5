/** @import { Assets, VegaRuntime } from "../types.js" */

import { loadScript } from "../page/script.js";
import { Files, LoadError } from "../worker/files.js";
import { vegaWithinReach, withinReach } from "./disk.js";
import { failureName } from "./failure.js";
import { come } from "./loading.js";
import { hasNewerBuild } from "./newer-build.js";
import { StartError, startPython } from "./python.js";
import { RestartingPython } from "./restarting-python.js";

/**
 * What all simulators of a page share: one Python in a worker and one Vega, started when the first
 * of them needs it.
 *
 * @typedef {{ python: RestartingPython, vega: VegaRuntime }} Runtime
 */

/** The simulators' Python. */
export const python = new RestartingPython(begin);

/** Another Python for code that readers type, so that nothing it does reaches the simulators. */
export const cellPython = new RestartingPython(begin);

/** What failed attempts have received, which the next one need not fetch again. */
/** @type {Record<string, import("../worker/messages.d.ts").Received>} */
const received = {};

/**
 * Both; what could not be started is started again.
 *
 * @param {{retry?: boolean}} [options] a retry joins no attempt that began before and may be about to
 *   fail, as the one whose failure was shown
 * @returns {Promise<Runtime>}
 */
export async function runtime({ retry = false } = {}) {
  if (retry) await Promise.allSettled([drawing, python.begun]);
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
  drawing ??= explained(loadVega()).catch((error) => {
    drawing = null;
    throw error;
  });
  return drawing;
}

function begin() {
  return explained(started());
}

async function started() {
  const assets = siteAssets();
  const reached = await withinReach(assets);
  if (reached === assets) {
    const onProgress = (/** @type {number} */ bytes) => come(bytes, assets.bytes);
    return startPython(assets, { onProgress, received });
  }
  try {
    return await startPython(reached);
  } finally {
    URL.revokeObjectURL(reached.worker); // every start makes its own
  }
}

/**
 * A failure to fetch a file, as the newer build that explains it if there is one.
 *
 * @template T
 * @param {Promise<T>} loading
 * @returns {Promise<T>}
 */
async function explained(loading) {
  try {
    return await loading;
  } catch (error) {
    if (!(error instanceof LoadError)) throw error;
    const fetched = ["network", "http", "corrupt"].includes(error.reason);
    if (fetched && (await hasNewerBuild())) throw new StartError("newer", error.message);
    throw error;
  }
}

/**
 * Why nothing is computed, in the page's language; `isOutdated` if a newer build has to be loaded.
 *
 * @param {unknown} error
 */
export function failure(error) {
  const { words } = siteAssets();
  const name = failureName(error);
  const isOutdated = name === "failed_newer";
  return {
    sentence: words[name] ?? words.failed ?? "",
    stillTrue: words.still_true ?? "",
    remedy: isOutdated ? (words.reload ?? "") : "",
    isOutdated,
  };
}

/** @returns {Assets} */
function siteAssets() {
  const text = document.querySelector("#site-assets")?.textContent;
  if (!text) throw new Error("the page does not say where its assets are");
  return JSON.parse(text);
}

/** @returns {Promise<VegaRuntime>} */
async function loadVega() {
  const assets = siteAssets();
  const place = await vegaWithinReach(assets);
  const brought = place !== assets.vega || location.protocol === "file:";
  const script = brought ? place : await verifiedScript(place, assets);
  await loadScript(script);
  if (script !== assets.vega) URL.revokeObjectURL(script);
  if (!globalThis.vegaRuntime) throw new StartError("corrupt", "Vega's script does not define it");
  return globalThis.vegaRuntime;
}

/**
 * A script as a blob, once its bytes have come and been verified.
 *
 * @param {string} place
 * @param {Assets} assets
 */
async function verifiedScript(place, { checksums }) {
  const files = new Files(fetch.bind(globalThis), { checksums, received });
  const bytes = await files.bytes(new URL(place, document.baseURI));
  return URL.createObjectURL(new Blob([bytes], { type: "text/javascript" }));
}
