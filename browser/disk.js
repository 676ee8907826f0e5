/** @import { Assets } from "./types.js" */

import { loadScript } from "./script.js";
import { inflated } from "./worker/inflate.js";

/**
 * The assets as this page can have them. Opened from disk it can fetch nothing and start no worker
 * from a file: there a script brings all files along, and the worker becomes a blob.
 *
 * @param {Assets} assets
 * @returns {Promise<Assets>}
 */
export async function withinReach(assets) {
  if (location.protocol !== "file:") return assets;
  await loadScript(assets.disk);
  const { worker = "", ...files } = globalThis.siteFiles ?? {};
  globalThis.siteFiles = undefined;
  const script = await inflated(worker, "text/javascript").blob();
  return { ...assets, worker: URL.createObjectURL(script), files };
}
