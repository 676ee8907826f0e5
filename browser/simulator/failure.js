import { StartError } from "../python/python.js";

/** Reasons that have a sentence of their own, each with its key among the words. */
const KEYS = new Map([
  ["network", "failed_network"],
  ["http", "failed_network"],
  ["memory", "failed_memory"],
  ["webassembly", "failed_webassembly"],
]);

/**
 * What does not work and why, and that what is shown stays true.
 *
 * @param {unknown} error
 * @param {Record<string, string>} words
 */
export function failure(error, words) {
  const why = words[key(error)] ?? words.failed;
  return `${why}${words.still_true}`;
}

/** @param {unknown} error */
function key(error) {
  if (!(error instanceof StartError)) return "failed";
  const found = KEYS.get(error.reason) ?? (/memory/i.test(error.message) ? "failed_memory" : "");
  return found === "failed_network" || !isApples() ? found : "failed_apple";
}

/** Whether this is an iPhone or an iPad, on which Pyodide 0.27 is known not to run. */
function isApples() {
  const { maxTouchPoints, platform } = navigator;
  return /^iP/.test(platform) || (platform === "MacIntel" && maxTouchPoints > 1);
}
