/** Start Python with numpy and the models, or go on with the one of an earlier visit. */

import { boot, loadScripts } from "./boot.js";
import { LoadError } from "./files.js";
import { install, PACKAGES, Parts } from "./parts.js";
import { Shelf } from "./shelf.js";
import { restored, taken } from "./snapshot.js";

/** @typedef {import("./messages.d.ts").Places} Places */
/** @typedef {import("./pyodide.d.ts").Pyodide} Pyodide */
/** @typedef {import("./snapshot.js").Proof} Proof */
/** @typedef {import("./snapshot.js").Snapshot} Snapshot */

/**
 * @typedef {object} Started
 * @property {(request: string) => string} answer the function of `widgets.host`: JSON text both ways
 * @property {Promise<unknown>} whole until then, what is not in memory cannot be imported
 * @property {() => string[]} simulators their names
 * @property {((proof: Proof) => Promise<void>) | undefined} keep keeps this Python for other visits
 */

/** Where random numbers come from that nobody has seeded. */
const DICE = ["random", "numpy.random"];

/** Milliseconds. */
const PATIENCE = 1000;

/**
 * @param {Places} places
 * @param {(bytes: number) => void} count told of every piece that arrives
 * @returns {Promise<Started>}
 */
export async function start(places, count) {
  if (typeof WebAssembly !== "object") throw new LoadError("webassembly", "there is none here");
  const parts = new Parts(places, count);
  if (places.files || !isSecureContext) return begun(parts); // nothing is kept there
  const shelf = new Shelf(places);
  const snapshot = await Promise.race([shelf.taken(), impatience()]);
  return (snapshot && (await goneOn(snapshot, parts, shelf))) ?? begun(parts, shelf);
}

/**
 * A browser whose storage does not answer has none.
 *
 * @returns {Promise<undefined>}
 */
function impatience() {
  return new Promise((give) => setTimeout(give, PATIENCE));
}

/**
 * Packages come last, so that Python starts while they are on their way.
 *
 * @param {Parts} parts
 * @param {Shelf} [shelf]
 * @returns {Promise<Started>}
 */
async function begun(parts, shelf) {
  const { all } = parts;
  loadScripts(parts.runtime);
  const starting = boot(parts, parts.modules.stdlib).then((python) => furnished(python, parts));
  const [python] = await Promise.all([starting, all]);
  const keep = async (/** @type {Proof} */ proof) => shelf?.put(await taken(python, proof));
  return { ...door(python), whole: all, keep: shelf && keep };
}

/**
 * Python as it was, if it answers as it did. What it remembers is enough for that; its modules
 * come afterwards.
 *
 * @param {Snapshot} snapshot
 * @param {Parts} parts
 * @param {Shelf} shelf
 * @returns {Promise<Started | undefined>}
 */
async function goneOn(snapshot, parts, shelf) {
  loadScripts(parts.runtime);
  try {
    const python = await restored(snapshot, (header) => boot(parts, new ArrayBuffer(0), header));
    const { request, reply } = snapshot.about.proof;
    const opened = door(python);
    if (opened.answer(request) !== reply) throw new Error("it does not answer as it did");
    for (const die of DICE) python.pyimport(die).seed();
    const whole = completed(python, parts);
    whole.catch(() => {}); // whoever cannot do without is told
    return { ...opened, whole, keep: undefined };
  } catch (error) {
    console.info("Python starts anew:", error);
    const came = await Promise.allSettled([parts.wasm, parts.lock, snapshot.bytes]);
    if (came.every(({ status }) => status === "fulfilled")) await shelf.refuse();
    return undefined;
  }
}

/**
 * @param {Pyodide} python
 * @param {Parts} parts
 */
async function furnished(python, { modules }) {
  python.pyimport("sys").path.append(PACKAGES);
  await install(python, modules.packages);
  return python;
}

/**
 * @param {Pyodide} python
 * @param {Parts} parts
 */
async function completed(python, { modules }) {
  const paths = /** @type {string[]} */ (python.pyimport("sys").path.toJs());
  const archive = paths.find((path) => path.endsWith(".zip")) ?? "";
  python.FS.writeFile(archive, new Uint8Array(await modules.stdlib));
  await install(python, modules.packages);
}

/** @param {Pyodide} python */
function door(python) {
  const { answer } = python.pyimport("widgets.host");
  const simulators = () => python.pyimport("widgets.simulators").names().toJs();
  return { answer, simulators };
}
