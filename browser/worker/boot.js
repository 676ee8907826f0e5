/** Boot Pyodide from files that this worker has fetched itself. */

import { LoadError } from "./files.js";

/** @typedef {import("./runtime-loader.js").RuntimeLoader} RuntimeLoader */
/** @typedef {import("./pyodide.d.ts").Pyodide} Pyodide */

/**
 * Imports Pyodide's scripts, which from disk have come with the worker's. Browsers store what they
 * have compiled of a script beside its address, so that it is imported from there; only if that
 * fails are its bytes fetched and verified, which either explains the failure or repairs it.
 *
 * @param {RuntimeLoader} loader
 */
export async function loadScripts(loader) {
  if (isLoaded()) return;
  try {
    importScripts(...["pyodide.js", "pyodide.asm.js"].map((name) => loader.runtime + name));
  } catch (error) {
    console.info("importing Pyodide's scripts again:", error);
  }
  if (!isLoaded()) importScripts(...(await loader.scripts()));
}

function isLoaded() {
  return "loadPyodide" in self && "_createPyodideModule" in self;
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
  return self.loadPyodide(options).catch(failed);
}

/**
 * Pyodide fetches its WebAssembly itself and waits for ever if that fails. Here it gets what is
 * compiled already, and a failure rejects.
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
 * Gives Pyodide the files that are fetched already.
 *
 * @param {Record<string, Promise<BufferSource> | BufferSource>} files
 */
function answerFromMemory(files) {
  self.fetch = async (input) => {
    const name = new URL(String(input)).pathname.split("/").at(-1) ?? "";
    return new Response(/** @type {BodyInit} */ (await files[name]));
  };
}

/**
 * @param {unknown} error
 * @returns {never}
 */
function failed(error) {
  if (error instanceof LoadError) throw error;
  throw new LoadError(error instanceof RangeError ? "memory" : "engine", String(error));
}
