/** The response to each request of a page. */

import { belongs, pathOf, read, storeResponse } from "./cache-store.js";

const NOT_FOUND = "404.html";

/** Milliseconds that the network is given before the cache answers. */
const SLOW = 4000;

/** Files whose name changes with their content. */
const FINGERPRINTED = /^(?:runtime\/|assets\/.*\.\w{8}\.)/;

/**
 * The response, or `undefined` if the request is left to the browser.
 *
 * @param {FetchEvent} event
 * @returns {Promise<Response> | undefined}
 */
export function respond(event) {
  const { method, url } = event.request;
  const path = method === "GET" || method === "HEAD" ? pathOf(url) : undefined;
  if (path === undefined) return undefined;
  if (FINGERPRINTED.test(path)) return cacheFirst(path, event);
  return path.endsWith(".html") || belongs(path) ? networkFirst(path, event) : undefined;
}

/**
 * Pages, and files without a fingerprint: from the network, or from the cache if the network fails
 * or is slow. The network's response is not stored: it may be of another build.
 *
 * @param {string} path
 * @param {FetchEvent} event
 */
async function networkFirst(path, event) {
  const online = fetch(event.request).catch(() => undefined); // then from the cache
  const response = await Promise.race([online, timeout()]);
  if (response && response.status < 500) return response;
  return (await read(path)) ?? (await online) ?? unreachable(path);
}

/** @returns {Promise<undefined>} */
function timeout() {
  return new Promise((resolve) => setTimeout(resolve, SLOW));
}

/**
 * A network error for a file of this build, which exists although it was evicted; else the page for
 * an address that does not exist.
 *
 * @param {string} path
 */
async function unreachable(path) {
  const page = belongs(path) ? undefined : await read(NOT_FOUND);
  return page ? new Response(page.body, { status: 404, headers: page.headers }) : Response.error();
}

/**
 * Files with a fingerprint: from the cache, else from the network and then into the cache if this
 * build stores them. A request with `cache: "reload"` means that the stored bytes are corrupt.
 *
 * @param {string} path
 * @param {FetchEvent} event
 */
async function cacheFirst(path, event) {
  const anew = event.request.cache === "reload";
  const stored = anew ? undefined : await read(path);
  if (stored) return stored;
  const response = await fetch(event.request);
  if (anew || path in globalThis.siteBuild.text) {
    event.waitUntil(storeResponse(path, response.clone()));
  }
  return response;
}
