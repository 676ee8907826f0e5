/**
 * Entry point of the worker that runs Python or, where the browser starts none, of a port in the
 * page itself. Its messages are in worker/messages.d.ts.
 */

import { LoadError } from "./worker/files.js";
import { isolate } from "./worker/isolation.js";
import { SnapshotScheduler } from "./worker/snapshot-scheduler.js";
import { start } from "./worker/start.js";

/** @typedef {import("./worker/messages.d.ts").Answer} Answer */
/** @typedef {import("./worker/messages.d.ts").News} News */
/** @typedef {import("./worker/messages.d.ts").Places} Places */
/** @typedef {import("./worker/messages.d.ts").Question} Question */
/** @typedef {import("./worker/messages.d.ts").Received} Received */
/** @typedef {import("./worker/messages.d.ts").Request} Request */
/** @typedef {import("./worker/start.js").Started} Started */

/**
 * @typedef {object} Port
 * @property {(type: "message", listener: (event: MessageEvent<Request>) => void) => void} addEventListener
 * @property {(message: Answer | News) => void} postMessage
 */

/** Python's exception for a module that cannot be imported. */
const MISSING = "ModuleNotFoundError";

const isWorker = "importScripts" in self;

/**
 * Answers the requests that come through a port.
 *
 * @param {Port} port
 */
function serve(port) {
  /** @type {Started} */
  let started;
  /** @type {SnapshotScheduler | undefined} */
  let scheduler;
  let isTyped = false;
  const say = (/** @type {Answer | News} */ message) => port.postMessage(message);
  const fail = (
    /** @type {unknown} */ error,
    /** @type {Record<string, Received>} */ received = {},
  ) => {
    const reason = error instanceof LoadError ? error.reason : "engine";
    say({ failed: { reason, message: String(error) }, received });
  };

  /** @param {Places} places */
  async function begin(places) {
    /** @type {Record<string, Received>} */
    const received = places.received ?? {};
    try {
      const locked = Boolean(places.lock && isWorker && (await held(places.lock)));
      started = await start({ ...places, received }, (loaded) => say({ loaded }));
      scheduler = started.save && new SnapshotScheduler(started);
      say({ ready: true, locked });
      await started.whole.catch(() => {}); // told where it is awaited
      for (const url of Object.keys(received)) delete received[url];
    } catch (error) {
      fail(error, received);
    }
  }

  /** @param {Question} question */
  async function meet(question) {
    const { id, call } = question;
    scheduler?.pause();
    if (call === "run") {
      await started.whole;
      if (isWorker && !isTyped) isolate(self);
      isTyped = true;
      scheduler = undefined; // what the reader's code leaves behind is not for later visits
    } else if (isTyped) {
      const error = { name: "RequestError", message: "a reader's code has run in this Python" };
      return say({ id, error, fatal: false });
    }
    const answer = await replied(started, question);
    say(answer);
    const simulated = call === "simulate" && "reply" in answer;
    scheduler?.resume(simulated ? { request: question.request, reply: answer.reply } : undefined);
  }

  port.addEventListener("message", ({ data }) => {
    if ("start" in data) void begin(data.start);
    else meet(data).catch(fail);
  });
}

/**
 * Holds a lock for as long as this worker lives, so that the page notices when it is gone.
 *
 * @param {string} name
 * @returns {Promise<boolean>} Whether it is held; some browsers have none to give from disk.
 */
function held(name) {
  return new Promise((resolve) => {
    const forever = () => {
      resolve(true);
      return new Promise(() => {});
    };
    navigator.locks.request(name, forever).catch(() => resolve(false));
  });
}

/**
 * An exception in Python is an answer like any other. Any other error comes from the machine
 * beneath, which then cannot be trusted to answer again.
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

if (isWorker) serve(self);
else globalThis.servePython = serve;
