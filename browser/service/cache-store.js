/** The site's files in the browser's cache storage: one cache for each build, all with checksums. */

import { checksum } from "../worker/checksum.js";

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const { scope } = worker.registration;
const build = globalThis.siteBuild;

/** Several sites may share an origin, and several builds of this one the scope. */
const PREFIX = `${scope} `;
export const NAME = PREFIX + build.id;

/** Marks a cache into which the simulators' files were put. */
const LIVE = new URL("-/live", scope).href;

/** Aborted when a newer build is to be activated: it waits for this one's fetches. */
export const superseded = new AbortController();

/** @type {Record<string, string>} */
const checksums = { ...build.text, ...build.live };

/** @param {string} path */
export function address(path) {
  return new URL(path, scope).href;
}

/**
 * The path in the site of an address; `undefined` outside it.
 *
 * @param {string} url
 */
export function pathOf(url) {
  const { origin, pathname } = new URL(url);
  const whole = origin + pathname;
  if (!whole.startsWith(scope)) return undefined;
  const path = decoded(whole.slice(scope.length));
  return path === "" || path.endsWith("/") ? `${path}index.html` : path;
}

/**
 * A path without percent-encoding; as it stands if that is malformed.
 *
 * @param {string} path
 */
function decoded(path) {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/**
 * Whether this build has the file.
 *
 * @param {string} path
 */
export function belongs(path) {
  return path in checksums;
}

/** Names of the caches of other builds. */
export async function otherCaches() {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NAME);
}

/** Whether this reader stores the simulators, in this build or in an earlier one. */
export async function storesLive() {
  return Boolean(await caches.match(LIVE));
}

export async function markLive() {
  const cache = await caches.open(NAME);
  await cache.put(LIVE, new Response());
}

/**
 * A file of this build from its cache, if it is there and matches its checksum; one that does not
 * is deleted. A file of an earlier build, which a page may still need, from whichever cache has it.
 *
 * WebAssembly is returned as stored, unverified: browsers keep their compiled code beside that
 * response. If it does not compile it is fetched anew.
 *
 * @param {string} path
 */
export async function read(path) {
  const url = address(path);
  if (!belongs(path)) return caches.match(url);
  const cache = await caches.open(NAME);
  const found = await cache.match(url);
  if (!found || path.endsWith(".wasm")) return found;
  const whole = await verified(found, checksums[path]);
  if (!whole) await cache.delete(url);
  return whole;
}

/**
 * Those of these files that this build's cache lacks.
 *
 * @param {Record<string, string>} files
 */
export async function missing(files) {
  const cache = await caches.open(NAME);
  const there = new Set((await cache.keys()).map(({ url }) => url));
  return Object.keys(files).filter((path) => !there.has(address(path)));
}

/**
 * Puts a file into this build's cache: from another build's cache if it is the same there, else
 * from the network.
 *
 * @param {string} path
 */
export async function store(path) {
  if (await read(path)) return;
  const url = address(path);
  const cache = await caches.open(NAME);
  const whole = (await fromOtherCache(path)) ?? (await fetched(path));
  await cache.put(url, whole);
}

/**
 * Stores a response of the network if it matches the checksum.
 *
 * @param {string} path
 * @param {Response} response
 */
export async function storeResponse(path, response) {
  const whole = response.ok ? await verified(response, checksums[path]) : undefined;
  if (!whole) return;
  const cache = await caches.open(NAME);
  await cache.put(address(path), whole);
}

/** @param {string} path */
async function fromOtherCache(path) {
  for (const name of await otherCaches()) {
    const found = await (await caches.open(name)).match(address(path));
    const whole = found && (await verified(found, checksums[path]));
    if (whole) return whole;
  }
  return undefined;
}

/**
 * From the network, bypassing the browser's own cache if that has other bytes.
 *
 * @param {string} path
 */
async function fetched(path) {
  for (const cache of /** @type {const} */ (["default", "reload"])) {
    const response = await fetch(address(path), { cache, signal: superseded.signal });
    if (!response.ok) throw new TypeError(`${path}: the server answered ${response.status}`);
    const whole = await verified(response, checksums[path]);
    if (whole) return whole;
  }
  throw new TypeError(`${path}: the server has another build's`);
}

/**
 * A response with the same content if that has the checksum, else `undefined`.
 *
 * @param {Response} response
 * @param {string | undefined} expected
 */
async function verified(response, expected) {
  const content = await response.arrayBuffer();
  if ((await checksum(content)) !== expected) return undefined;
  const type = response.headers.get("content-type") ?? "application/octet-stream";
  return new Response(content, { headers: { "content-type": type } });
}
