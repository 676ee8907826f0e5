/** Which answer a request gets. */

import { belongs, keep, place, taken } from "./shelves.js";

const NOT_FOUND = "404.html";
const SLOW = 4000;

/** Files whose name changes with their content. */
const FINGERPRINTED = /^(?:runtime\/|assets\/.*\.\w{8}\.)/;

/**
 * The answer, or nothing if the request is none of our business.
 *
 * @param {FetchEvent} event
 * @returns {Promise<Response> | undefined}
 */
export function respond(event) {
  const { method, url } = event.request;
  const path = method === "GET" || method === "HEAD" ? place(url) : undefined;
  if (path === undefined) return undefined;
  if (FINGERPRINTED.test(path)) return file(path, event);
  return path.endsWith(".html") || belongs(path) ? newest(path, event) : undefined;
}

/**
 * Pages, and what belongs to whichever pages are the newest, from the network; from the shelf when
 * there is no network, or none to speak of. What the network gives is not shelved: it may be of
 * another build.
 *
 * @param {string} path
 * @param {FetchEvent} event
 */
async function newest(path, event) {
  const online = fetch(event.request).catch(() => undefined); // then from the shelf
  const answer = await Promise.race([online, patience()]);
  if (answer && answer.status < 500) return answer;
  return (await taken(path)) ?? (await online) ?? unreachable(path);
}

/** @returns {Promise<undefined>} */
function patience() {
  return new Promise((resolve) => setTimeout(resolve, SLOW));
}

/**
 * What this build has exists, even if it is lost here.
 *
 * @param {string} path
 */
async function unreachable(path) {
  const kept = belongs(path) ? undefined : await taken(NOT_FOUND);
  return kept ? new Response(kept.body, { status: 404, headers: kept.headers }) : Response.error();
}

/**
 * A file whose name changes with its content: from the shelf, else from the network, and then back
 * onto the shelf if this build wants it there. A page that asks past every cache has found that
 * what lies there is spoilt.
 *
 * @param {string} path
 * @param {FetchEvent} event
 */
async function file(path, event) {
  const anew = event.request.cache === "reload";
  const kept = anew ? undefined : await taken(path);
  if (kept) return kept;
  const answer = await fetch(event.request);
  if (anew || path in globalThis.siteBuild.text) event.waitUntil(keep(path, answer.clone()));
  return answer;
}
