import { LoadError } from "../worker/files.js";

/** Faults of what was to be fetched, which is none of the browser. */
const FETCHING = ["network", "http", "corrupt", "timeout", "newer"];

/**
 * Why nothing is computed, as the name of the sentence that says so in `interface.toml`.
 *
 * @param {unknown} error
 * @returns {string}
 */
export function failureName(error) {
  if (!(error instanceof LoadError)) return "failed";
  if (FETCHING.includes(error.reason)) return `failed_${error.reason}`;
  if (isApples()) return "failed_apple";
  const isMemory = error.reason === "memory" || /memory/i.test(error.message);
  return isMemory ? "failed_memory" : `failed_${error.reason}`;
}

/** Whether this is an iPhone or an iPad, on which Pyodide 0.27 is known not to run. */
function isApples() {
  const { maxTouchPoints, platform } = navigator;
  return /^iP/.test(platform) || (platform === "MacIntel" && maxTouchPoints > 1);
}
