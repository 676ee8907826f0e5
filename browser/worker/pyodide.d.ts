/** What this project uses of Pyodide, which a classic worker finds in its global scope. */

import type { PyodideInterface } from "pyodide";

/** A shared library that is loaded. */
export interface Loaded {
  name: string;
  exports: Record<string, unknown>;
  global: boolean;
}

/** Pyodide's inner module, as Emscripten makes it: no documented part, and read with care. */
export interface Module {
  FS: PyodideInterface["FS"];
  HEAPU8: Uint8Array;
  HEAPU32: Uint32Array;
  GOT: Record<string, { value: number }>;
  LDSO: {
    loadedLibsByName: Record<string, Loaded>;
    loadedLibsByHandle: Record<number, Loaded>;
  };
  wasmTable: WebAssembly.Table;
  addFunction(exported: unknown): number;
  newDSO(name: string, handle: number, exports: unknown): Loaded;
  loadWebAssemblyModule(
    code: WebAssembly.Module,
    flags: { global: boolean; nodelete: boolean; loadAsync: false },
    name: string,
    scope: Record<string, unknown>,
    handle: number,
  ): Record<string, unknown>;
}

export interface Settings {
  INITIAL_MEMORY: number;
}

export interface Pyodide extends PyodideInterface {
  _module: Module;
  _api: { config: { _makeSnapshot: boolean } };
  makeMemorySnapshot(): Uint8Array<ArrayBuffer>;
}

export interface Options {
  indexURL: string;
  /** The begin of a snapshot; the rest is put in its place by worker/snapshot.js. */
  _loadSnapshot?: Uint8Array;
}

declare global {
  function loadPyodide(options: Options): Promise<Pyodide>;
  var _createPyodideModule: (settings: Settings) => Promise<Module>;
}
