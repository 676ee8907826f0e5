/** Boot Pyodide from files that this worker has asked for itself. */

import { LoadError } from "./files.js";

/** @typedef {import("./runtime-loader.js").RuntimeLoader} RuntimeLoader */
/** @typedef {import("./pyodide.d.ts").Pyodide} Pyodide */

/**
 * Pyodide's scripts, which from disk have come with the worker's.
 *
 * @param {string} runtime
 */
export function loadScripts(runtime) {
  if ("loadPyodide" in self) return;
  const urls = ["pyodide.js", "pyodide.asm.js"].map((name) => new URL(name, runtime));
  try {
    importScripts(...urls.map((url) => url.href));
  } catch (error) {
    throw new LoadError("network", `${urls.map((url) => url.pathname).join(", ")}: ${error}`);
  }
}

/**
 * @param {RuntimeLoader} loader
 * @param {Promise<ArrayBuffer> | ArrayBuffer} stdlib
 * @param {Uint8Array} [snapshot] to go on with
 * @returns {Promise<Pyodide>}
 */
export function boot({ runtime, wasm, lock }, stdlib, snapshot) {
  instantiateFrom(wasm);
  answerFromMemory({ "python_stdlib.zip": stdlib, "pyodide-lock.json": lock });
  const options = { indexURL: runtime, ...(snapshot && { _loadSnapshot: snapshot }) };
  return self.loadPyodide(options).catch(refused);
}

/**
 * Pyodide asks for its machine code by fetch and waits for ever if that fails. Here it gets what
 * was compiled before it asked, and the failure is ours to tell.
 *
 * @param {Promise<WebAssembly.Module>} wasm
 */
function instantiateFrom(wasm) {
  WebAssembly.instantiateStreaming = async (_source, imports) => {
    const module = await wasm;
    return { module, instance: await WebAssembly.instantiate(module, imports) };
  };
}

/**
 * What Pyodide asks for is fetched already.
 *
 * @param {Record<string, Promise<ArrayBuffer> | ArrayBuffer>} files
 */
function answerFromMemory(files) {
  self.fetch = async (input) => {
    const name = new URL(String(input)).pathname.split("/").at(-1) ?? "";
    return new Response(await files[name]);
  };
}

/**
 * @param {unknown} error
 * @returns {never}
 */
function refused(error) {
  throw new LoadError(error instanceof RangeError ? "memory" : "engine", String(error));
}
