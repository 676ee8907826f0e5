/** What the tests of the worker do in the page, as functions that they call by name. */

import { startPython } from "../../browser/python.js";

const ASSETS = { worker: "worker.js", runtime: "runtime/", models: "models.zip.gz" };
const UNKNOWN = { call: "simulate", widget: "no-such-simulator", values: {} };

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

  /** Changes what lies there: a byte of the snapshot, or words of its label. */
  spoil: (/** @type {{byte?: number, words?: [string, string]}} */ { byte, words }) =>
    told(async () => {
      const folder = await shelf();
      if (byte !== undefined) {
        const writable = await (await folder.getFileHandle("snapshot")).createWritable({
          keepExistingData: true,
        });
        await writable.write({ type: "write", position: byte, data: new Uint8Array([0xa5]) });
        await writable.close();
      }
      if (words) {
        const text = (await label()) ?? "";
        const writable = await (await folder.getFileHandle("label.json")).createWritable();
        await writable.write(text.replace(...words));
        await writable.close();
      }
    }),
});

/** @param {number} milliseconds */
function pause(milliseconds) {
  return new Promise((go) => setTimeout(go, milliseconds));
}

/** @param {string | undefined} before */
async function relabelled(before) {
  for (let now = before; !now || now === before; now = await label()) await pause(50);
}

/** Where this page's worker keeps Python: there is one such place. */
async function shelf() {
  const root = await navigator.storage.getDirectory();
  for await (const entry of root.values()) {
    if (entry instanceof FileSystemDirectoryHandle) return entry;
  }
  throw new Error("nothing lies there");
}

/** What the label says of what lies there; nothing while there is none. */
async function label() {
  try {
    const file = await (await shelf()).getFileHandle("label.json");
    return await (await file.getFile()).text();
  } catch {
    return undefined;
  }
}
