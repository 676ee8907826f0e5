/** Filling the shelves, and clearing those of builds that are gone. */

import { keepsLive, markLive, missing, otherShelves, shelve } from "./shelves.js";

/** @typedef {import("./messages.d.ts").Kept} Kept */
/** @typedef {import("./messages.d.ts").Order} Order */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const AT_ONCE = 6;

/**
 * All of this build, or nothing: if a file does not come, this build is not installed, and the one
 * before goes on whole. What has come already is used at the next attempt.
 */
export async function stockUp() {
  const { text, live } = globalThis.siteBuild;
  const too = await keepsLive();
  await fill(Object.keys({ ...text, ...(too ? live : {}) }));
  if (too) await markLive();
}

/**
 * Keeps what simulators need, or tells whether that is so. What has been thrown away meanwhile, by
 * the reader, by her browser or because it was spoilt, is brought back.
 *
 * @param {Extract<Order, "ask" | "keep">} order
 * @param {MessagePort | undefined} port
 */
export async function keepLive(order, port) {
  const say = (/** @type {Kept} */ news) => port?.postMessage(news);
  const { text, live } = globalThis.siteBuild;
  try {
    await fill(await missing(text));
    const kept = order === "keep" || (await keepsLive());
    if (kept) {
      await fill(await missing(live), (share) => say({ share }));
      await markLive();
    }
    say({ kept });
    if (order === "ask") await tidy(); // who asks has just come, and is of no earlier build
  } catch (error) {
    const full = error instanceof DOMException && error.name === "QuotaExceededError";
    say({ failed: full ? "quota" : "network" });
  }
}

/**
 * @param {string[]} waiting
 * @param {(share: number) => void} [tell]
 */
async function fill(waiting, tell) {
  const all = waiting.length;
  let done = 0;
  let failed = false;
  const work = async () => {
    try {
      for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
        await shelve(path);
        done += 1;
        if (!failed) tell?.(done / all);
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
 * Removes what other builds have left, unless one is about to come, or a second page is open that
 * may be of an earlier one and may still ask for its files.
 */
export async function tidy() {
  const { installing, waiting } = worker.registration;
  if (installing || waiting) return;
  const pages = await worker.clients.matchAll({ includeUncontrolled: true, type: "window" });
  if (pages.length > 1) return;
  for (const name of await otherShelves()) await caches.delete(name);
}
