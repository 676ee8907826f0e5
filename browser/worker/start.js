/** Start Pyodide with numpy and the models in its file system, and give their one door. */

import { Files, LoadError } from "./files.js";
import { fromPage } from "./memory.js";
import { NUMPY, STDLIB } from "./names.js";
import { unzip } from "./unzip.js";

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */
/** @typedef {import("./messages.d.ts").Places} Places */
/** @typedef {Promise<{path: string, content: Uint8Array}[]>} Unpacked */

const PACKAGES = "/packages";

/**
 * The function of `widgets.host` that takes JSON text and gives JSON text.
 *
 * @param {Places} places
 * @param {(bytes: number) => void} count told of every piece that arrives
 * @returns {Promise<(request: string) => string>}
 */
export async function start({ runtime, models, files: brought }, count) {
  if (typeof WebAssembly !== "object") throw new LoadError("webassembly", "there is none here");
  const files = new Files(brought ? fromPage(brought) : fetch.bind(self), count);
  const at = (/** @type {string} */ name) => new URL(name, runtime);
  const wasm = files.compiled(at("pyodide.asm.wasm"));
  const stdlib = files.unpressed(at(STDLIB));
  const lock = files.bytes(at("pyodide-lock.json"));
  const packages = [at(NUMPY), new URL(models)].map((url) => unpacked(files, url));
  const all = Promise.all([wasm, stdlib, lock, ...packages]);
  all.catch(() => {});
  instantiateFrom(wasm);
  answerFromMemory({ "python_stdlib.zip": stdlib, "pyodide-lock.json": lock });
  if (!("loadPyodide" in self)) load(at("pyodide.js"), at("pyodide.asm.js"));
  const booted = self.loadPyodide({ indexURL: runtime }).catch(refused);
  const [python] = await Promise.all([booted.then((it) => install(it, packages)), all]);
  return python.pyimport("widgets.host").answer;
}

/**
 * @param {Files} files
 * @param {URL} url
 * @returns {Unpacked}
 */
async function unpacked(files, url) {
  const archive = await files.unpressed(url, "low");
  try {
    return unzip(archive);
  } catch (error) {
    throw new LoadError("engine", `${url.pathname}: ${error}`);
  }
}

/** @param {URL[]} urls */
function load(...urls) {
  try {
    importScripts(...urls.map((url) => url.href));
  } catch (error) {
    throw new LoadError("network", `${urls.map((url) => url.pathname).join(", ")}: ${error}`);
  }
}

/**
 * @param {unknown} error
 * @returns {never}
 */
function refused(error) {
  throw new LoadError(error instanceof RangeError ? "memory" : "engine", String(error));
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
 * @param {Record<string, Promise<ArrayBuffer>>} files
 */
function answerFromMemory(files) {
  self.fetch = async (input) => {
    const name = new URL(String(input)).pathname.split("/").at(-1) ?? "";
    return new Response(await files[name]);
  };
}

/**
 * Packages come last, so that Python starts while they are on their way.
 *
 * @param {PyodideInterface} python
 * @param {Unpacked[]} packages
 */
async function install(python, packages) {
  const sys = python.pyimport("sys");
  sys.path.append(PACKAGES);
  sys.destroy();
  for (const unpacked of packages) {
    for (const { path, content } of await unpacked) {
      python.FS.mkdirTree(`${PACKAGES}/${path.slice(0, path.lastIndexOf("/"))}`);
      python.FS.writeFile(`${PACKAGES}/${path}`, content);
    }
  }
  return python;
}
