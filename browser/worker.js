/**
 * What runs Python: a classic worker or, where the browser starts none, a port in the page itself.
 * What it hears and says is in worker/messages.d.ts.
 */

import { LoadError } from "./worker/files.js";
import { start } from "./worker/start.js";

/** @typedef {import("./worker/messages.d.ts").Answer} Answer */
/** @typedef {import("./worker/messages.d.ts").News} News */
/** @typedef {import("./worker/messages.d.ts").Places} Places */
/** @typedef {import("./worker/messages.d.ts").Request} Request */

/**
 * @typedef {object} Port
 * @property {(type: "message", listener: (event: MessageEvent<Request>) => void) => void} addEventListener
 * @property {(message: Answer | News) => void} postMessage
 */

/**
 * Serves whoever is at the other end of the port.
 *
 * @param {Port} port
 */
function serve(port) {
  /** @type {(request: string) => string} */
  let answer;
  const say = (/** @type {Answer | News} */ message) => port.postMessage(message);

  /** @param {Places} places */
  async function begin(places) {
    try {
      answer = await start(places, (loaded) => say({ loaded }));
      say({ ready: true });
    } catch (error) {
      const reason = error instanceof LoadError ? error.reason : "engine";
      say({ failed: { reason, message: String(error) } });
    }
  }

  port.addEventListener("message", ({ data }) => {
    if ("start" in data) void begin(data.start);
    else say(replied(answer, data));
  });
}

/**
 * An exception in Python is an answer like any other. What is none comes from the machine beneath,
 * which then cannot be trusted to answer again.
 *
 * @param {(request: string) => string} answer
 * @param {{id: number, request: string}} asked
 * @returns {Answer}
 */
function replied(answer, { id, request }) {
  try {
    return { id, reply: answer(request) };
  } catch (error) {
    if (isPythons(error)) {
      const message = error.message.trimEnd().split("\n").at(-1) ?? "";
      return { id, error: { name: error.type, message }, fatal: false };
    }
    return { id, error: { name: "StartError", message: String(error) }, fatal: true };
  }
}

/**
 * @param {unknown} error
 * @returns {error is Error & {type: string}}
 */
function isPythons(error) {
  return error instanceof Error && error.name === "PythonError" && "type" in error;
}

if ("importScripts" in self) serve(self);
else globalThis.servePython = serve;
