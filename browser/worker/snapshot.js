/**
 * Snapshots of a running Python: its memory and the shared libraries that are loaded in it.
 *
 * Pyodide itself restores memory without libraries only. Here the libraries' code is loaded first,
 * in the same order and at the same addresses, and the memory is written over it afterwards. If an
 * address differs, nothing is restored.
 */

import { checksum } from "./checksum.js";
import { joined } from "./inflate.js";

/** @typedef {import("./pyodide.d.ts").Module} Module */
/** @typedef {import("./pyodide.d.ts").Pyodide} Pyodide */

/**
 * @typedef {object} Library
 * @property {string} name
 * @property {number} handle where its record lies in memory
 * @property {number} size of its machine code, in bytes
 */

/** @typedef {{request: string, reply: string}} Proof a request and its reply, which a restored Python must repeat */

/**
 * @typedef {object} About
 * @property {number[]} header what Pyodide writes before the memory
 * @property {number} size of the memory, in bytes
 * @property {Library[]} libraries in the order in which they were loaded
 * @property {string} symbols checksum of the addresses of all symbols
 * @property {Proof} proof
 */

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */
/** @typedef {{bytes: Bytes | Promise<Bytes>, about: About}} Snapshot memory, then machine code */

/** Where in a library's record its first entry in the table of functions is written. */
const FIRST_ENTRY = 20;

/** Where in Pyodide's snapshot the memory's begin is written. */
const MEMORY_BEGINS = 4;

/** What Python asks a library for when it imports it, which gives that an entry in the table. */
const INITIALISER = "PyInit_";

/** As Python opens libraries. */
const FLAGS = { global: false, nodelete: false, loadAsync: /** @type {const} */ (false) };

/**
 * @param {Pyodide} python that is idle
 * @param {Proof} proof
 * @returns {Promise<Snapshot>}
 */
export async function take(python, proof) {
  const { _api: api, _module: module } = python;
  api.config._makeSnapshot = true;
  const whole = python.makeMemorySnapshot();
  const begin = new DataView(whole.buffer).getUint32(MEMORY_BEGINS, true);
  const memory = whole.subarray(begin);
  const libraries = loaded(module).map((one) => ({ ...one, code: python.FS.readFile(one.name) }));
  return {
    bytes: new Uint8Array(joined([memory, ...libraries.map(({ code }) => code)])),
    about: {
      header: [...whole.subarray(0, begin)],
      size: memory.byteLength,
      libraries: libraries.map(({ code, ...one }) => ({ ...one, size: code.byteLength })),
      symbols: await symbols(module),
      proof,
    },
  };
}

/**
 * A Python restored from a snapshot; rejected if that is impossible.
 *
 * @param {Snapshot} snapshot
 * @param {(header: Uint8Array) => Promise<Pyodide>} boot
 * @returns {Promise<Pyodide>}
 */
export async function restore({ bytes: coming, about }, boot) {
  const bytes = Promise.resolve(coming);
  const codes = bytes.then((all) => compiled(all.subarray(about.size), about.libraries));
  codes.catch(() => {}); // told where it is awaited
  const create = self._createPyodideModule;
  self._createPyodideModule = async (settings) => {
    const module = await create(Object.assign(settings, { INITIAL_MEMORY: about.size }));
    const memory = (await bytes).subarray(0, about.size);
    module.HEAPU8.set(memory);
    load(module, about.libraries, await codes);
    module.HEAPU8.set(memory);
    return module;
  };
  try {
    const python = await boot(new Uint8Array(about.header));
    if ((await symbols(python._module)) !== about.symbols) throw new Error("symbols have moved");
    return python;
  } finally {
    self._createPyodideModule = create;
  }
}

/**
 * The libraries in the order in which they were loaded; the first is Python itself.
 *
 * @param {Module} module
 */
function loaded({ LDSO: { loadedLibsByHandle: byHandle, loadedLibsByName: byName } }) {
  const handles = new Map(Object.entries(byHandle).map(([handle, one]) => [one, Number(handle)]));
  const [, ...libraries] = Object.values(byName);
  return libraries.map((one) => ({ name: one.name, handle: handles.get(one) ?? 0 }));
}

/**
 * @param {Bytes} bytes
 * @param {Library[]} libraries
 */
function compiled(bytes, libraries) {
  let end = 0;
  const codes = libraries.map(({ size }) => {
    end += size;
    return bytes.subarray(end - size, end);
  });
  return Promise.all(codes.map((code) => WebAssembly.compile(code)));
}

/**
 * Emscripten puts a library whose record is filled in already where the record says.
 *
 * @param {Module} module
 * @param {Library[]} libraries
 * @param {WebAssembly.Module[]} codes
 */
function load(module, libraries, codes) {
  for (const [index, { name, handle }] of libraries.entries()) {
    const first = module.HEAPU32[(handle + FIRST_ENTRY) / 4];
    if (first !== module.wasmTable.length) throw new Error(`${name} has moved`);
    const code = /** @type {WebAssembly.Module} */ (codes[index]);
    const library = module.newDSO(name, handle, "loading");
    library.global = false;
    library.exports = module.loadWebAssemblyModule(code, FLAGS, name, {}, handle);
    for (const [symbol, exported] of Object.entries(library.exports)) {
      if (symbol.startsWith(INITIALISER)) module.addFunction(exported);
    }
  }
}

/**
 * Checksum of the addresses of all symbols.
 *
 * @param {Module} module
 */
function symbols({ GOT, wasmTable }) {
  const all = Object.entries(GOT).map(([symbol, { value }]) => [symbol, value]);
  return checksum(new TextEncoder().encode(JSON.stringify([wasmTable.length, all])));
}
