/** The classic worker in which Python runs. What it hears and says is in worker/messages.d.ts. */

import { LoadError } from "./worker/files.js";
import { start } from "./worker/start.js";

/** @typedef {import("./worker/messages.d.ts").Answer} Answer */
/** @typedef {import("./worker/messages.d.ts").News} News */
/** @typedef {import("./worker/messages.d.ts").Places} Places */
/** @typedef {import("./worker/messages.d.ts").Request} Request */

/** @type {(request: string) => string} */
let answer;

self.addEventListener("message", async (/** @type {MessageEvent<Request>} */ { data }) => {
  if ("start" in data) await begin(data.start);
  else reply(data.id, data.request);
});

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

/**
 * An exception in Python is an answer like any other. What is none comes from the machine beneath,
 * which then cannot be trusted to answer again.
 *
 * @param {number} id
 * @param {string} request
 */
function reply(id, request) {
  try {
    say({ id, reply: answer(request) });
  } catch (error) {
    if (isPythons(error)) {
      const message = error.message.trimEnd().split("\n").at(-1) ?? "";
      say({ id, error: { name: error.type, message }, fatal: false });
    } else {
      say({ id, error: { name: "StartError", message: String(error) }, fatal: true });
    }
  }
}

/** @param {Answer | News} message */
function say(message) {
  self.postMessage(message);
}

/**
 * @param {unknown} error
 * @returns {error is Error & {type: string}}
 */
function isPythons(error) {
  return error instanceof Error && error.name === "PythonError" && "type" in error;
}
