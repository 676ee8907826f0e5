/** Fetches the files of the Python runtime, each once and no earlier than needed. */

import { Files, LoadError } from "./files.js";
import { fromPage } from "./memory.js";
import { NUMPY, STDLIB } from "./names.js";
import { unzip } from "./unzip.js";

/** @typedef {import("./messages.d.ts").Places} Places */
/** @typedef {import("./pyodide.d.ts").Pyodide} Pyodide */
/** @typedef {Promise<{path: string, content: Uint8Array}[]>} Unpacked */
/** @typedef {{stdlib: Promise<ArrayBuffer>, packages: Unpacked[]}} Modules */

export const PACKAGES = "/packages";

export class RuntimeLoader {
  #files;
  #at;
  #models;
  /** @type {Modules | null} */
  #modules = null;

  /**
   * @param {Places} places
   * @param {(bytes: number) => void} count told of every piece that arrives
   */
  constructor({ runtime, models, files, ...options }, count) {
    this.runtime = runtime;
    this.#at = (/** @type {string} */ name) => new URL(name, runtime);
    this.#models = new URL(models);
    this.#files = new Files(files ? fromPage(files) : fetch.bind(self), { ...options, count });
    this.wasm = this.#files.compiled(this.#at("pyodide.asm.wasm"));
    this.lock = this.#files.bytes(this.#at("pyodide-lock.json"));
    for (const part of [this.wasm, this.lock]) part.catch(() => {}); // told where it is waited for
  }

  /**
   * Pyodide's own scripts, as addresses from which they can be imported: verified blobs.
   *
   * @throws {LoadError}
   */
  async scripts() {
    const names = ["pyodide.js", "pyodide.asm.js"];
    const contents = await Promise.all(names.map((name) => this.#files.bytes(this.#at(name))));
    return contents.map((bytes) =>
      URL.createObjectURL(new Blob([bytes], { type: "text/javascript" })),
    );
  }

  /** The modules that Python imports: its own, numpy's and the models. */
  get modules() {
    this.#modules ??= this.#ask();
    return this.#modules;
  }

  /**
   * Resolves when all has come.
   *
   * @returns {Promise<unknown>}
   */
  get all() {
    const { stdlib, packages } = this.modules;
    const all = Promise.all([this.wasm, this.lock, stdlib, ...packages]);
    all.catch(() => {}); // who asks may fail before waiting for it
    return all;
  }

  #ask() {
    const stdlib = this.#files.decompressed(this.#at(STDLIB));
    const packages = [this.#at(NUMPY), this.#models].map((url) => this.#unpacked(url));
    for (const part of [stdlib, ...packages]) part.catch(() => {});
    return { stdlib, packages };
  }

  /** @param {URL} url */
  async #unpacked(url) {
    const archive = await this.#files.decompressed(url, "low");
    try {
      return unzip(archive);
    } catch (error) {
      throw new LoadError("corrupt", `${url.pathname}: ${error}`);
    }
  }
}

/**
 * Puts numpy and the models where Python looks for them, each as it comes.
 *
 * @param {Pyodide} python
 * @param {Unpacked[]} packages
 */
export async function install({ FS }, packages) {
  for (const unpacked of packages) {
    for (const { path, content } of await unpacked) {
      FS.mkdirTree(`${PACKAGES}/${path.slice(0, path.lastIndexOf("/"))}`);
      FS.writeFile(`${PACKAGES}/${path}`, content);
    }
  }
}
