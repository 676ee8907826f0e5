import { loadScript } from "../page/script.js";

/**
 * A stand-in for a worker where the browser starts none: Python in the page itself. Messages go
 * through a channel, so that the page can answer its reader between two of them.
 *
 * @param {string} script the worker's, with Pyodide in it
 * @returns {Promise<import("./python.js").Thread>}
 */
export async function thisThread(script) {
  await loadScript(script);
  if (!globalThis.servePython) throw new Error("the worker's script does not serve the page");
  const { port1, port2 } = new MessageChannel();
  globalThis.servePython(port2);
  port1.start();
  port2.start();
  return Object.assign(port1, { terminate: () => port1.close() });
}
