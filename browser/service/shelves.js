/** Files as they are kept: by build, each true to its sum. */

import { sumOf } from "../worker/sum.js";

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const { scope } = worker.registration;
const build = globalThis.siteBuild;

/** Other sites may live under the same domain, other builds of this one in the same scope. */
const OURS = `${scope} `;
export const NAME = OURS + build.id;

/** Stands on a shelf that the simulators' files have been put on. */
const LIVE = new URL("-/live", scope).href;

/** Aborted when a newer build is let in: it waits for whatever this one is still fetching. */
export const leaving = new AbortController();

/** @type {Record<string, string>} */
const sums = { ...build.text, ...build.live };

/** @param {string} path */
export function address(path) {
  return new URL(path, scope).href;
}

/**
 * The place in the site of what lies in it.
 *
 * @param {string} url
 */
export function place(url) {
  const { origin, pathname } = new URL(url);
  const whole = origin + pathname;
  if (!whole.startsWith(scope)) return undefined;
  const path = decodeURI(whole.slice(scope.length));
  return path === "" || path.endsWith("/") ? `${path}index.html` : path;
}

/**
 * Whether this build has it.
 *
 * @param {string} path
 */
export function belongs(path) {
  return path in sums;
}

/** Names of the shelves of other builds. */
export async function otherShelves() {
  return (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== NAME);
}

/** Whether this reader keeps the simulators, in this build or in an earlier one. */
export async function keepsLive() {
  return Boolean(await caches.match(LIVE));
}

export async function markLive() {
  const shelf = await caches.open(NAME);
  await shelf.put(LIVE, new Response());
}

/**
 * A file of this build from this build's shelf, if it is there and whole. What is spoilt is thrown
 * away. A file of an earlier build, which a page may still ask for, from wherever it is.
 *
 * Machine code is given as it lies there: browsers keep what they have compiled of it beside the
 * very response that they have stored. Spoilt, it does not compile, and is asked for anew.
 *
 * @param {string} path
 */
export async function taken(path) {
  const url = address(path);
  if (!belongs(path)) return caches.match(url);
  const shelf = await caches.open(NAME);
  const found = await shelf.match(url);
  if (!found || path.endsWith(".wasm")) return found;
  const whole = await genuine(found, sums[path]);
  if (!whole) await shelf.delete(url);
  return whole;
}

/**
 * Those of these files that this build's shelf lacks.
 *
 * @param {Record<string, string>} files
 */
export async function missing(files) {
  const shelf = await caches.open(NAME);
  const there = new Set((await shelf.keys()).map(({ url }) => url));
  return Object.keys(files).filter((path) => !there.has(address(path)));
}

/**
 * Puts a file on this build's shelf: from another build's shelf if it is the same there, else from
 * the network.
 *
 * @param {string} path
 */
export async function shelve(path) {
  if (await taken(path)) return;
  const url = address(path);
  const shelf = await caches.open(NAME);
  const whole = (await elsewhere(path)) ?? (await fetched(path));
  await shelf.put(url, whole);
}

/**
 * Keeps what the network gave, if it is what the build says.
 *
 * @param {string} path
 * @param {Response} response
 */
export async function keep(path, response) {
  const whole = response.ok ? await genuine(response, sums[path]) : undefined;
  if (!whole) return;
  const shelf = await caches.open(NAME);
  await shelf.put(address(path), whole);
}

/** @param {string} path */
async function elsewhere(path) {
  for (const name of await otherShelves()) {
    const found = await (await caches.open(name)).match(address(path));
    const whole = found && (await genuine(found, sums[path]));
    if (whole) return whole;
  }
  return undefined;
}

/**
 * From the network, and past the browser's own cache if that has something else.
 *
 * @param {string} path
 */
async function fetched(path) {
  for (const cache of /** @type {const} */ (["default", "reload"])) {
    const response = await fetch(address(path), { cache, signal: leaving.signal });
    if (!response.ok) throw new TypeError(`${path}: the server answered ${response.status}`);
    const whole = await genuine(response, sums[path]);
    if (whole) return whole;
  }
  throw new TypeError(`${path}: the server has another build's`);
}

/**
 * A response whose content has this sum; nothing if it has another.
 *
 * @param {Response} response
 * @param {string | undefined} sum
 */
async function genuine(response, sum) {
  const content = await response.arrayBuffer();
  if ((await sumOf(content)) !== sum) return undefined;
  const type = response.headers.get("content-type") ?? "application/octet-stream";
  return new Response(content, { headers: { "content-type": type } });
}
