/** Which answer a request gets. */

import { keep, place, taken } from "./shelves.js";

const NOT_FOUND = "404.html";
const SLOW = 4000;
const FINGERPRINTED = /^(?:assets|runtime)\//;

/**
 * The answer, or nothing if the request is none of our business.
 *
 * @param {FetchEvent} event
 * @returns {Promise<Response> | undefined}
 */
export function respond(event) {
  const { request } = event;
  const path = request.method === "GET" ? place(request.url) : undefined;
  if (path === undefined) return undefined;
  if (request.mode === "navigate") {
    return path.endsWith(".html") ? page(path, event) : undefined;
  }
  return FINGERPRINTED.test(path) ? file(path, event) : undefined;
}

/**
 * A page from the network, so that it is the newest; from the shelf when there is no network, or
 * none to speak of. What the network gives is not shelved: it may be of another build.
 *
 * @param {string} path
 * @param {FetchEvent} event
 */
async function page(path, event) {
  const online = fetch(event.request);
  try {
    const answer = await Promise.race([online, patience()]);
    if (answer && answer.status < 500) return answer;
  } catch {
    // then from the shelf
  }
  return (await taken(path)) ?? (await online.catch(() => notFound()));
}

/** @returns {Promise<undefined>} */
function patience() {
  return new Promise((resolve) => setTimeout(resolve, SLOW));
}

async function notFound() {
  const kept = await taken(NOT_FOUND);
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
