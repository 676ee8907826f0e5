/** @import { Values } from "../types.js" */

/**
 * The state of simulators in the address: `?nested.n_mice=3&nested.seed=7`, only what differs from
 * the defaults.
 */

const QUIET = 250;
export const CHANGED = "address:changed";

/** @type {Map<string, Values>} */
const pending = new Map();
let timer = 0;

/** @type {string | null} */
let refused = null;

/** The query as it is, or as it would be if the browser let the page change its address. */
export function query() {
  return refused ?? location.search;
}

/**
 * What the address says about a simulator, as it stands there: nothing is checked yet.
 *
 * @param {string} widget
 * @param {string} [search]
 * @returns {Record<string, string>}
 */
export function read(widget, search = query()) {
  const prefix = `${widget}.`;
  return Object.fromEntries(
    [...new URLSearchParams(search)]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );
}

/**
 * Puts a simulator's values into the address soon: browsers allow few changes a second.
 *
 * @param {string} widget
 * @param {Values} values those that differ from the defaults
 */
export function write(widget, values) {
  pending.set(widget, values);
  clearTimeout(timer);
  timer = window.setTimeout(flush, QUIET);
}

/** Puts what is pending into the address now. */
export function flush() {
  clearTimeout(timer);
  if (pending.size === 0) return;
  let search = query();
  for (const [widget, values] of pending) search = replaced(search, widget, values);
  pending.clear();
  if (search === query()) return;
  try {
    history.replaceState(history.state, "", `${location.pathname}${search}${location.hash}`);
  } catch {
    refused = search; // some browsers do not let a page opened from disk change its address
  }
  document.dispatchEvent(new Event(CHANGED));
}

/**
 * @param {string} search
 * @param {string} widget
 * @param {Values} values
 */
export function replaced(search, widget, values) {
  const others = [...new URLSearchParams(search)].filter(
    ([name]) => !name.startsWith(`${widget}.`),
  );
  const own = Object.entries(values).map(([name, value]) => [`${widget}.${name}`, String(value)]);
  const query = new URLSearchParams([...others, ...own]).toString();
  return query ? `?${query}` : "";
}
