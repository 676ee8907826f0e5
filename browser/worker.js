/**
 * What runs Python: a classic worker or, where the browser starts none, a port in the page itself.
 * What it hears and says is in worker/messages.d.ts.
 */

import { LoadError } from "./worker/files.js";
import { SnapshotScheduler } from "./worker/snapshot-scheduler.js";
import { start } from "./worker/start.js";

/** @typedef {import("./worker/messages.d.ts").Answer} Answer */
/** @typedef {import("./worker/messages.d.ts").News} News */
/** @typedef {import("./worker/messages.d.ts").Places} Places */
/** @typedef {import("./worker/messages.d.ts").Question} Question */
/** @typedef {import("./worker/messages.d.ts").Request} Request */
/** @typedef {import("./worker/start.js").Started} Started */

/**
 * @typedef {object} Port
 * @property {(type: "message", listener: (event: MessageEvent<Request>) => void) => void} addEventListener
 * @property {(message: Answer | News) => void} postMessage
 */

/** What an import fails with. */
const MISSING = "ModuleNotFoundError";

/**
 * Serves whoever is at the other end of the port.
 *
 * @param {Port} port
 */
function serve(port) {
  /** @type {Started} */
  let started;
  /** @type {SnapshotScheduler | undefined} */
  let scheduler;
  const say = (/** @type {Answer | News} */ message) => port.postMessage(message);
  const fail = (/** @type {unknown} */ error) => {
    const reason = error instanceof LoadError ? error.reason : "engine";
    say({ failed: { reason, message: String(error) } });
  };

  /** @param {Places} places */
  async function begin(places) {
    try {
      started = await start(places, (loaded) => say({ loaded }));
      scheduler = started.save && new SnapshotScheduler(started);
      say({ ready: true });
    } catch (error) {
      fail(error);
    }
  }

  /** @param {Question} question */
  async function meet(question) {
    scheduler?.pause();
    const answer = await replied(started, question);
    say(answer);
    // What a reader's own text leaves behind in Python is not for other visits.
    if (question.call === "run") scheduler = undefined;
    const simulated = question.call === "simulate" && "reply" in answer;
    scheduler?.resume(simulated ? { request: question.request, reply: answer.reply } : undefined);
  }

  port.addEventListener("message", ({ data }) => {
    if ("start" in data) void begin(data.start);
    else meet(data).catch(fail);
  });
}

/**
 * An exception in Python is an answer like any other. What is none comes from the machine beneath,
 * which then cannot be trusted to answer again.
 *
 * Simulations do not wait until all modules are there. One that misses a module is asked again.
 *
 * @param {Started} started
 * @param {Question} question
 * @returns {Promise<Answer>}
 */
async function replied(started, { id, call, request }) {
  const early = call === "simulate";
  if (!early) await started.whole;
  try {
    return { id, reply: started.answer(request) };
  } catch (error) {
    if (isPythons(error)) {
      if (early && error.type === MISSING) return replied(started, { id, call: "", request });
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
