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
});
