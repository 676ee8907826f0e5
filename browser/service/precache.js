/** Fill this build's cache, and delete the caches of other builds. */

import { markLive, missing, otherCaches, store, storesLive } from "./cache-store.js";

/** @typedef {import("./messages.d.ts").Order} Order */
/** @typedef {import("./messages.d.ts").Progress} Progress */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const AT_ONCE = 6;

/**
 * Stores all files of this build that reading needs, and the simulators' if the reader stores
 * these. If one file fails this build is not installed and the one before stays; the next attempt
 * reuses what was stored.
 */
export async function precache() {
  const { text, live } = globalThis.siteBuild;
  const too = await storesLive();
  await fill(Object.keys({ ...text, ...(too ? live : {}) }));
  if (too) await markLive();
}

/**
 * Restores files that were evicted or deleted since, stores the simulators' files if asked to, and
 * reports through the port.
 *
 * @param {Extract<Order, "status" | "store">} order
 * @param {MessagePort | undefined} port
 */
export async function precacheLive(order, port) {
  const report = (/** @type {Progress} */ progress) => port?.postMessage(progress);
  const { text, live } = globalThis.siteBuild;
  try {
    await fill(await missing(text));
    const stored = order === "store" || (await storesLive());
    if (stored) {
      await fill(await missing(live), (share) => report({ share }));
      await markLive();
    }
    report({ stored });
    if (order === "status") await deleteOtherCaches(); // a page that has just loaded is of this build
  } catch (error) {
    const full = error instanceof DOMException && error.name === "QuotaExceededError";
    report({ failed: full ? "quota" : "network" });
  }
}

/**
 * @param {string[]} waiting
 * @param {(share: number) => void} [report]
 */
async function fill(waiting, report) {
  const all = waiting.length;
  let done = 0;
  let failed = false;
  const work = async () => {
    try {
      for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
        await store(path);
        done += 1;
        if (!failed) report?.(done / all);
      }
    } catch (error) {
      failed = true;
      waiting.length = 0;
      throw error;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/**
 * Deletes the caches of other builds, unless one is being installed, or a second page is open that
 * may be of an earlier build and still need its files.
 */
export async function deleteOtherCaches() {
  const { installing, waiting } = worker.registration;
  if (installing || waiting) return;
  const pages = await worker.clients.matchAll({ includeUncontrolled: true, type: "window" });
  if (pages.length > 1) return;
  for (const name of await otherCaches()) await caches.delete(name);
}
