/** Start Python with numpy and the models, or resume the snapshot of an earlier visit. */

import { boot, loadScripts } from "./boot.js";
import { LoadError } from "./files.js";
import { install, PACKAGES, RuntimeLoader } from "./runtime-loader.js";
import { restore, take } from "./snapshot.js";
import { SnapshotStore } from "./snapshot-store.js";

/** @typedef {import("./messages.d.ts").Places} Places */
/** @typedef {import("./pyodide.d.ts").Pyodide} Pyodide */
/** @typedef {import("./snapshot.js").Proof} Proof */
/** @typedef {import("./snapshot.js").Snapshot} Snapshot */

/**
 * @typedef {object} Started
 * @property {(request: string) => string} answer `widgets.host.answer`: JSON text both ways
 * @property {Promise<unknown>} whole resolves when every module can be imported
 * @property {() => string[]} simulators their names
 * @property {((proof: Proof) => Promise<void>) | undefined} save stores a snapshot for later visits
 */

/** Modules with a global random number generator, which a resumed Python seeds anew. */
const GENERATORS = ["random", "numpy.random"];

/** Milliseconds that the browser's storage may take to answer. */
const STORAGE_TIMEOUT = 1000;

/**
 * @param {Places} places
 * @param {(bytes: number) => void} count told of every piece that arrives
 * @returns {Promise<Started>}
 */
export async function start(places, count) {
  if (typeof WebAssembly !== "object") throw new LoadError("webassembly", "there is none here");
  const loader = new RuntimeLoader(places, count);
  if (places.files || !isSecureContext) return verified(loader, booted(loader)); // no storage there
  const store = new SnapshotStore(places);
  const snapshot = await Promise.race([store.read(), storageTimeout()]);
  return (
    (snapshot && (await resumed(snapshot, loader, store))) ??
    verified(loader, booted(loader, store))
  );
}

/**
 * If Python does not start although every file that was verified is whole, Pyodide's own scripts
 * are verified as well, since a browser imports them unseen.
 *
 * @param {RuntimeLoader} loader
 * @param {Promise<Started>} starting
 */
async function verified(loader, starting) {
  try {
    return await starting;
  } catch (error) {
    if (!(error instanceof LoadError && error.reason === "engine")) throw error;
    await loader.scripts();
    throw error;
  }
}

/**
 * Resolves with `undefined` when storage has not answered in time.
 *
 * @returns {Promise<undefined>}
 */
function storageTimeout() {
  return new Promise((resolve) => setTimeout(resolve, STORAGE_TIMEOUT));
}

/**
 * A newly booted Python. It boots while the packages are still being fetched.
 *
 * @param {RuntimeLoader} loader
 * @param {SnapshotStore} [store]
 * @returns {Promise<Started>}
 */
async function booted(loader, store) {
  const { all } = loader;
  await loadScripts(loader);
  const starting = boot(loader, loader.modules.stdlib).then((python) =>
    withPackages(python, loader),
  );
  const [python] = await Promise.all([starting, all]);
  const save = async (/** @type {Proof} */ proof) => store?.write(await take(python, proof));
  return { ...endpoint(python), whole: all, save: store && save };
}

/**
 * The Python of a snapshot, if it gives the recorded reply to the recorded request; `undefined` if
 * not. Its modules are fetched afterwards.
 *
 * @param {Snapshot} snapshot
 * @param {RuntimeLoader} loader
 * @param {SnapshotStore} store
 * @returns {Promise<Started | undefined>}
 */
async function resumed(snapshot, loader, store) {
  await loadScripts(loader);
  try {
    const python = await restore(snapshot, (header) => boot(loader, new ArrayBuffer(0), header));
    const { request, reply } = snapshot.about.proof;
    const opened = endpoint(python);
    if (opened.answer(request) !== reply)
      throw new Error("its reply differs from the recorded one");
    for (const generator of GENERATORS) python.pyimport(generator).seed();
    const whole = withModules(python, loader);
    whole.catch(() => {}); // told where it is awaited
    return { ...opened, whole, save: undefined };
  } catch (error) {
    console.info("the snapshot was not resumed:", error);
    const files = await Promise.allSettled([loader.wasm, loader.lock, snapshot.bytes]);
    if (files.every(({ status }) => status === "fulfilled")) await store.refuse();
    return undefined;
  }
}

/**
 * @param {Pyodide} python
 * @param {RuntimeLoader} loader
 */
async function withPackages(python, { modules }) {
  python.pyimport("sys").path.append(PACKAGES);
  await install(python, modules.packages);
  return python;
}

/**
 * @param {Pyodide} python
 * @param {RuntimeLoader} loader
 */
async function withModules(python, { modules }) {
  const paths = /** @type {string[]} */ (python.pyimport("sys").path.toJs());
  const archive = paths.find((path) => path.endsWith(".zip")) ?? "";
  python.FS.writeFile(archive, new Uint8Array(await modules.stdlib));
  await install(python, modules.packages);
}

/**
 * The JSON endpoint of a running Python.
 *
 * @param {Pyodide} python
 */
function endpoint(python) {
  const { answer } = python.pyimport("widgets.host");
  const simulators = () => python.pyimport("widgets.simulators").names().toJs();
  return { answer, simulators };
}
