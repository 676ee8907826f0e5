/** What the tests of the worker do in the page, as functions that they call by name. */

import { startPython } from "../../browser/python/python.js";

const ASSETS = {
  worker: "worker.js",
  runtime: "runtime/",
  models: "models.zip.bin",
  checksums: JSON.parse(document.querySelector("#checksums")?.textContent ?? "{}"),
};
/** Of what lies in the reader's browser: the size of its label comes first. */
const SIZE = 4;
const UNKNOWN = { call: "simulate", widget: "no-such-simulator", values: {} };

/** What failed attempts have received. */
const received = {};

/** @param {() => Promise<unknown>} act */
async function told(act) {
  try {
    return { value: await act() };
  } catch (error) {
    const { name, message, reason, kind } = /** @type {any} */ (error);
    return { name, message, reason, kind };
  }
}

Object.assign(globalThis, {
  /** @param {object} options */
  start: (options) => told(async () => (await startPython(ASSETS, options)).alive),

  /** @param {object} request */
  ask: (request) => told(async () => (await startPython(ASSETS)).call(request)),

  progress: () =>
    told(async () => {
      /** @type {number[]} */
      const heard = [];
      await startPython(ASSETS, { onProgress: (bytes) => heard.push(bytes) });
      return heard;
    }),

  endedWhileStarting: () =>
    told(() => {
      const life = new AbortController();
      const starting = startPython(ASSETS, { signal: life.signal });
      life.abort(new Error("no longer wanted"));
      return starting;
    }),

  /** Starts with what failed attempts have received. */
  startOn: (/** @type {object} */ options) =>
    told(async () => (await startPython(ASSETS, { ...options, received })).alive),

  /** Lets files be others than the build's from now on. */
  unverified: () =>
    told(async () => {
      ASSETS.checksums = {};
    }),

  /** The replies to some requests of one Python. */
  askAll: (/** @type {{call: string}[]} */ requests) =>
    told(async () => {
      const python = await startPython(ASSETS);
      const replies = [];
      for (const request of requests) replies.push(await told(() => python.call(request)));
      return replies;
    }),

  /** A worker that never answers again, without a word. */
  askedOfTheSilent: (/** @type {object} */ options) =>
    told(async () => {
      const python = await startPython(ASSETS, options);
      Worker.prototype.postMessage = () => {};
      return python.call(UNKNOWN);
    }),

  closedWhileAsked: () =>
    told(async () => {
      const python = await startPython(ASSETS);
      const asked = python.call(UNKNOWN);
      python.close();
      return asked;
    }),

  askedAfterClosing: () =>
    told(async () => {
      const python = await startPython(ASSETS);
      python.close();
      return python.call(UNKNOWN);
    }),

  forgottenQuestion: () =>
    told(async () => {
      const python = await startPython(ASSETS);
      const patience = new AbortController();
      const first = told(() => python.call(UNKNOWN, { signal: patience.signal }));
      patience.abort(new Error("forgotten"));
      const second = told(() => python.call(UNKNOWN));
      return [await first, await second];
    }),

  /** A visit: the replies to some requests; `stay` is how long, `true` is until Python is kept. */
  visit: (/** @type {{requests: {call: string}[], stay: number | true}} */ { requests, stay }) =>
    told(async () => {
      const before = await label();
      const python = await startPython(ASSETS);
      const replies = [];
      for (const request of requests) replies.push(await told(() => python.call(request)));
      if (stay === true) await relabelled(before);
      else await pause(stay);
      python.close();
      return replies;
    }),

  label: () => told(label),

  /** Another page reads what lies there. */
  read: () =>
    told(() => {
      const script = new Blob([`(${reading})()`], { type: "text/javascript" });
      const worker = new Worker(URL.createObjectURL(script));
      return new Promise((resolve) => worker.addEventListener("message", () => resolve(null)));
    }),

  /** Changes what lies there: a byte of the snapshot, or words of its label for others as long. */
  spoil: (/** @type {{byte?: number, words?: [string, string]}} */ { byte, words }) =>
    told(async () => {
      const [handle] = await kept();
      const file = await handle.getFile();
      const text = (await label()) ?? "";
      const changes = words
        ? [{ position: SIZE, data: text.replace(...words) }]
        : [{ position: file.size + byte, data: new Uint8Array([0xa5]) }];
      const writable = await handle.createWritable({ keepExistingData: true });
      for (const change of changes) await writable.write({ type: "write", ...change });
      await writable.close();
    }),
});

/** In a worker: reads what lies there, and goes on reading. */
async function reading() {
  for await (const handle of (await navigator.storage.getDirectory()).values()) {
    self.reads = await handle.createSyncAccessHandle({ mode: "read-only" });
  }
  postMessage("reads");
}

/** @param {number} milliseconds */
function pause(milliseconds) {
  return new Promise((go) => setTimeout(go, milliseconds));
}

/** @param {string | undefined} before */
async function relabelled(before) {
  for (let now = before; !now || now === before; now = await label()) await pause(50);
}

/** Where this page's worker keeps Python: one file, if any. */
async function kept() {
  const root = await navigator.storage?.getDirectory();
  return Array.fromAsync(root?.values() ?? []);
}

/** What is said of what lies there; nothing while nothing does, or while it is being written. */
async function label() {
  const [handle] = await kept();
  if (!handle) return undefined;
  try {
    return await labelOf(await handle.getFile());
  } catch (error) {
    if (/** @type {Error} */ (error).name === "NotReadableError") return undefined;
    throw error;
  }
}

/** @param {File} file that fails once something else has been written */
async function labelOf(file) {
  const [size = 0] = new Uint32Array(await file.slice(0, SIZE).arrayBuffer());
  return size > 0 ? file.slice(SIZE, SIZE + size).text() : undefined;
}
