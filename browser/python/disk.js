/** @import { Assets } from "../types.js" */

import { loadScript } from "../page/script.js";
import { inflated } from "../worker/inflate.js";

/**
 * The assets as this page can have them. Opened from disk it can fetch nothing and start no worker
 * from a file: there all files come along, in a script or, where the page is one file, in the page.
 * Scripts among them become blobs.
 *
 * @param {Assets} assets
 * @returns {Promise<Assets>}
 */
export async function withinReach(assets) {
  const brought = inThisPage() ?? (await fromDisk(assets.disk));
  if (!brought) return assets;
  const { worker = "", ...files } = brought;
  return { ...assets, worker: await script(worker), files };
}

/**
 * Where Vega is: in this page, where that is one file.
 *
 * @param {Assets} assets
 */
export function vegaWithinReach({ vega }) {
  return scriptWithinReach("#site-vega", vega);
}

/**
 * Where the text that is searched is: in this page, where that is one file.
 *
 * @param {string} place
 */
export function textWithinReach(place) {
  return scriptWithinReach("#site-text", place);
}

/**
 * @param {string} selector of the element that has the script
 * @param {string} place
 */
async function scriptWithinReach(selector, place) {
  const element = document.querySelector(selector);
  return element ? script(element.textContent) : place;
}

/** @returns {Record<string, string> | null} */
function inThisPage() {
  const element = document.querySelector("#site-files");
  return element ? JSON.parse(element.textContent) : null;
}

/** @param {string} place */
async function fromDisk(place) {
  if (location.protocol !== "file:") return null;
  await loadScript(place);
  const files = globalThis.siteFiles;
  globalThis.siteFiles = undefined;
  return files ?? null;
}

/** @param {string} text */
async function script(text) {
  return URL.createObjectURL(await inflated(text, "text/javascript").blob());
}
