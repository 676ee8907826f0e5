/**
 * Take network and storage away from a worker before it runs code that a reader typed. The page's
 * security policy, which the worker inherits, keeps it from other origins; this keeps it from the
 * site's own storage and from other pages of the site too.
 */

const GLOBALS = [
  "fetch",
  "fetchLater",
  "XMLHttpRequest",
  "WebSocket",
  "WebSocketStream",
  "WebTransport",
  "EventSource",
  "importScripts",
  "Worker",
  "SharedWorker",
  "BroadcastChannel",
  "indexedDB",
  "caches",
  "cookieStore",
  "webkitRequestFileSystem",
  "webkitRequestFileSystemSync",
  "webkitResolveLocalFileSystemURL",
  "webkitResolveLocalFileSystemSyncURL",
];

const NAVIGATOR = ["storage", "storageBuckets", "serviceWorker", "locks", "sendBeacon"];

/**
 * @param {object} global of a worker
 * @returns {string[]} Names that could not be taken away.
 */
export function isolate(global) {
  const { navigator } = /** @type {{navigator?: object}} */ (global);
  return [...without(global, GLOBALS), ...without(navigator ?? {}, NAVIGATOR)];
}

/**
 * @param {object} object
 * @param {string[]} names
 */
function without(object, names) {
  for (
    let owner = object;
    owner && owner !== Object.prototype;
    owner = Object.getPrototypeOf(owner)
  ) {
    for (const name of names) {
      if (Object.hasOwn(owner, name)) Reflect.deleteProperty(owner, name);
    }
  }
  return names.filter((name) => name in object);
}
