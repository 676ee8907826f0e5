/** Starts Python once and passes questions on to it. */

import { startPython } from "../browser/python/python.js";

const ASSETS = { worker: "worker.js", runtime: "runtime/", models: "models.zip.bin" };
const python = startPython(ASSETS);

Object.assign(globalThis, {
  /** @param {object} request */
  ask: async (request) => (await python).call(request),
});
