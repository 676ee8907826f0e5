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

/** What the address says, or would say if the browser let the page change it. */
let settings = location.search;

export function query() {
  return settings;
}

/**
 * The way to a place on this page with all that is set.
 *
 * @param {string} id
 */
export function link(id) {
  flush();
  const url = new URL(location.href);
  url.search = settings;
  url.hash = id;
  return url.href;
}

/**
 * Keeps the address true: when the reader leaves, and when she goes back within the page, to an
 * address of what was set then.
 *
 * @param {AbortSignal} signal
 */
export function followSettings(signal) {
  addEventListener("pagehide", flush, { signal });
  addEventListener("popstate", put, { signal });
}

/**
 * What the address says about a simulator, as it stands there: nothing is checked yet.
 *
 * @param {string} widget
 * @returns {Record<string, string>}
 */
export function read(widget) {
  const prefix = `${widget}.`;
  return Object.fromEntries(
    [...new URLSearchParams(settings)]
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
  const before = settings;
  for (const [widget, values] of pending) settings = replaced(settings, widget, values);
  pending.clear();
  if (settings === before) return;
  put();
  document.dispatchEvent(new Event(CHANGED));
}

/** Loads the page anew, with all that is set. */
export function reload() {
  flush();
  location.reload();
}

function put() {
  if (location.search === settings) return;
  try {
    history.replaceState(history.state, "", `${location.pathname}${settings}${location.hash}`);
  } catch {
    // not from disk, or not so often: that is for the browser to say
  }
}

/**
 * @param {string} search
 * @param {string} widget
 * @param {Values} values
 */
function replaced(search, widget, values) {
  const others = [...new URLSearchParams(search)].filter(
    ([name]) => !name.startsWith(`${widget}.`),
  );
  const own = Object.entries(values).map(([name, value]) => [`${widget}.${name}`, String(value)]);
  const query = new URLSearchParams([...others, ...own]).toString();
  return query ? `?${query}` : "";
}
