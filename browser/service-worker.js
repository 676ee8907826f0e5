/**
 * Keeps the site in the reader's browser, one build at a time. The build writes `self.siteBuild`
 * before this script.
 */

import { respond } from "./service/answers.js";
import { leaving } from "./service/shelves.js";
import { keepLive, stockUp, tidy } from "./service/stock.js";

/** @typedef {import("./service/messages.d.ts").Order} Order */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

worker.addEventListener("install", (event) => event.waitUntil(stockUp()));

worker.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([tidy(), worker.clients.claim()]));
});

worker.addEventListener("fetch", (event) => {
  const answer = respond(event);
  if (answer) event.respondWith(answer);
});

worker.addEventListener("message", (event) => {
  const order = /** @type {Order} */ (event.data);
  if (order === "take over") event.waitUntil(worker.skipWaiting());
  else if (order === "make way") leaving.abort();
  else event.waitUntil(keepLive(order, event.ports[0]));
});
