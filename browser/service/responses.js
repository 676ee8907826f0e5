/** The response to each request of a page. */

import { address, belongs, pathOf, read, storeResponse } from "./cache-store.js";

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
  const { method, mode, url } = event.request;
  const path = method === "GET" || method === "HEAD" ? pathOf(url) : undefined;
  if (path === undefined) return undefined;
  if (FINGERPRINTED.test(path)) return cacheFirst(path, event);
  const isPage = mode === "navigate" || path.endsWith(".html");
  return isPage || belongs(path) ? networkFirst(path, event) : undefined;
}

/**
 * Pages, and files without a fingerprint: from the network, or from the cache if the network fails,
 * is slow or gives something else. The network's response is not stored: it may be of another build.
 *
 * @param {string} path
 * @param {FetchEvent} event
 */
async function networkFirst(path, event) {
  const online = fetch(event.request).catch(() => undefined); // then from the cache
  const response = await Promise.race([online, timeout()]);
  if (response && isUsable(response, path)) return response;
  return (await read(path)) ?? (await online) ?? unreachable(path, event.request.url);
}

/**
 * Whether a response is what was asked for: neither an error of the server, nor an objection to the
 * address of a page of this build, nor a page in place of another file, as a network gives that
 * wants its user to sign in.
 *
 * @param {Response} response
 * @param {string} path
 */
function isUsable({ status, headers }, path) {
  if (status >= 500 || (belongs(path) && [400, 413, 414, 431].includes(status))) return false;
  const isHtml = headers.get("content-type")?.startsWith("text/html") ?? false;
  return path.endsWith(".html") || !belongs(path) || !isHtml;
}

/** @returns {Promise<undefined>} */
function timeout() {
  return new Promise((resolve) => setTimeout(resolve, SLOW));
}

/**
 * Without a network: a folder's address without its slash leads to the folder's page. A file of
 * this build exists although it was evicted, which is a network error. Any other address gets the
 * page for addresses that do not exist.
 *
 * @param {string} path
 * @param {string} url
 */
async function unreachable(path, url) {
  if (belongs(`${path}/index.html`)) {
    return Response.redirect(`${address(path)}/${new URL(url).search}`);
  }
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
  if (response.status === 200 && (anew || path in globalThis.siteBuild.text)) {
    event.waitUntil(storeResponse(path, response.clone()));
  }
  return response;
}
