/** Filling the shelves, and clearing those of builds that are gone. */

import { keepsLive, liveIsWhole, markLive, missing, otherShelves, shelve } from "./shelves.js";

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
 * Keeps what simulators need, or tells whether that is so. What the reader or her browser has
 * thrown away meanwhile is brought back.
 *
 * @param {Exclude<Order, "take over">} order
 * @param {MessagePort | undefined} port
 */
export async function keepLive(order, port) {
  const say = (/** @type {Kept} */ news) => port?.postMessage(news);
  const { text, live } = globalThis.siteBuild;
  try {
    await fill(await missing(text));
    if (order === "ask" || (await liveIsWhole())) {
      say({ kept: await liveIsWhole() });
      return;
    }
    await fill(Object.keys(live), (share) => say({ share }));
    await markLive();
    say({ kept: true });
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
 * Removes what earlier builds have left, unless a second page is open that may be one of theirs
 * and may still ask for its files.
 */
export async function tidy() {
  const pages = await worker.clients.matchAll({ includeUncontrolled: true, type: "window" });
  if (pages.length > 1) return;
  for (const name of await otherShelves()) await caches.delete(name);
}
