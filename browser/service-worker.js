/**
 * Stores the site in the reader's browser, one build at a time. The build writes `self.siteBuild`
 * before this script.
 */

import { superseded } from "./service/cache-store.js";
import { deleteOtherCaches, precache, precacheLive } from "./service/precache.js";
import { respond } from "./service/responses.js";

/** @typedef {import("./service/messages.d.ts").Order} Order */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

worker.addEventListener("install", (event) => event.waitUntil(precache()));

worker.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([deleteOtherCaches(), worker.clients.claim()]));
});

worker.addEventListener("fetch", (event) => {
  const response = respond(event);
  if (response) event.respondWith(response);
});

worker.addEventListener("message", (event) => {
  const order = /** @type {Order} */ (event.data);
  if (order === "activate") event.waitUntil(worker.skipWaiting());
  else if (order === "abort") superseded.abort();
  else event.waitUntil(precacheLive(order, event.ports[0]));
});
