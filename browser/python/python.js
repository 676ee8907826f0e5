/**
 * The page's side of Python: one worker, questions and answers in JSON.
 *
 * `startPython(assets, {signal, onProgress})` gives a `Python` that is ready, or rejects with a
 * `StartError` whose `reason` says why in a word (worker/messages.d.ts). `python.call(request)` gives the reply of
 * `widgets.host`; an error reply becomes a `PythonError`. If the worker dies, what waits and what
 * is asked later rejects with a `StartError` too, `python.alive` is false, and the page may start anew.
 */

import { thisThread } from "./main-thread.js";

/** @typedef {import("../worker/messages.d.ts").Answer} Answer */
/** @typedef {import("../worker/messages.d.ts").News} News */
/** @typedef {import("../worker/messages.d.ts").Reason} Reason */
/** @typedef {import("../worker/messages.d.ts").Places} Places */
/** @typedef {Pick<Worker, "addEventListener" | "postMessage"> & {terminate: () => void}} Thread */
/** @typedef {{signal?: AbortSignal, onProgress?: (bytes: number) => void, patience?: number}} Options */
/** @typedef {Places & {worker: string}} Assets addresses, relative to the page */
/** @typedef {{resolve: (reply: Reply) => void, reject: (error: unknown) => void}} Waiting */
/** @typedef {Record<string, unknown> & {call: string}} Request */
/** @typedef {Record<string, unknown> & {error?: {kind: string, message: string}}} Reply */

/** The largest file is not heard of until it has come, and a line may be slow. */
const PATIENCE = 120_000;

/** The runtime cannot load, or is no more. */
export class StartError extends Error {
  /**
   * @param {Reason} reason
   * @param {string} message
   */
  constructor(reason, message) {
    super(message);
    this.name = "StartError";
    this.reason = reason;
  }
}

/** What went wrong in Python: `kind` is the name of its exception. */
export class PythonError extends Error {
  /**
   * @param {string} kind
   * @param {string} message
   */
  constructor(kind, message) {
    super(message);
    this.name = "PythonError";
    this.kind = kind;
  }
}

/**
 * Where files came with the page and the browser starts no worker for it, Python runs in the page.
 *
 * @param {Assets} assets
 * @param {Options} [options]
 *   `signal` ends the start and, later, the worker; `onProgress` is told how many bytes have come so
 *   far; `patience` is how many milliseconds of silence are borne
 * @returns {Promise<Python>}
 */
export async function startPython(assets, options = {}) {
  options.signal?.throwIfAborted();
  try {
    return await startIn(made(assets.worker), assets, options);
  } catch (error) {
    const refused = error instanceof StartError && error.reason === "worker";
    if (!(refused && assets.files)) throw error;
    return await startIn(await thisThread(assets.worker), assets, options);
  }
}

/**
 * @param {Thread} worker
 * @param {Assets} assets
 * @param {Options} options
 */
async function startIn(worker, assets, { signal, onProgress, patience = PATIENCE }) {
  const life = new AbortController();
  life.signal.addEventListener("abort", () => worker.terminate(), { once: true });
  signal?.addEventListener("abort", () => life.abort(signal.reason), { signal: life.signal });
  const begun = ready(worker, life, patience, onProgress);
  const [runtime, models] = [address(assets.runtime), address(assets.models)];
  worker.postMessage({ start: { runtime, models, files: assets.files } });
  await begun;
  return new Python(worker, life);
}

/** A running Python. Made by `startPython`. */
export class Python {
  /** @type {Map<number, Waiting>} */
  #waiting = new Map();
  #last = 0;
  #worker;
  #life;

  /**
   * @param {Thread} worker
   * @param {AbortController} life
   */
  constructor(worker, life) {
    this.#worker = worker;
    this.#life = life;
    const { signal } = life;
    worker.addEventListener("message", ({ data }) => this.#settle(data), { signal });
    worker.addEventListener("error", (event) => this.#die(event.message), { signal });
    signal.addEventListener("abort", () => this.#forsake(signal.reason), { once: true });
  }

  /** Whether it can still be asked. */
  get alive() {
    return !this.#life.signal.aborted;
  }

  /**
   * The reply of `widgets.host` to a request.
   *
   * @param {Request} request
   * @param {{signal?: AbortSignal}} [options] aborting forgets the answer; the run itself goes on
   * @returns {Promise<Reply>}
   */
  call(request, { signal } = {}) {
    const ended = signal?.aborted ? signal : this.#life.signal;
    if (ended.aborted) return Promise.reject(ended.reason);
    this.#last += 1;
    const id = this.#last;
    const settled = new AbortController();
    const answered = new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      signal?.addEventListener("abort", () => reject(signal.reason), { signal: settled.signal });
    });
    this.#worker.postMessage({ id, call: request.call, request: JSON.stringify(request) });
    return answered.finally(() => {
      this.#waiting.delete(id);
      settled.abort();
    });
  }

  /** End the worker. */
  close() {
    this.#die("closed by the page");
  }

  /** @param {Answer | News} answer */
  #settle(answer) {
    if ("failed" in answer) {
      this.#life.abort(new StartError(answer.failed.reason, answer.failed.message));
      return;
    }
    if (!("id" in answer)) return;
    if ("error" in answer) {
      const { name, message } = answer.error;
      this.#waiting.get(answer.id)?.reject(new PythonError(name, message));
      if (answer.fatal) this.#die(message);
      return;
    }
    const reply = /** @type {Reply} */ (JSON.parse(answer.reply));
    const waiting = this.#waiting.get(answer.id);
    if (reply.error) waiting?.reject(new PythonError(reply.error.kind, reply.error.message));
    else waiting?.resolve(reply);
  }

  /** @param {string} message */
  #die(message) {
    this.#life.abort(new StartError("worker", message));
  }

  /** @param {unknown} reason */
  #forsake(reason) {
    for (const { reject } of this.#waiting.values()) reject(reason);
  }
}

/** @param {string} script */
function made(script) {
  if (typeof WebAssembly !== "object") throw new StartError("webassembly", "there is none here");
  try {
    return new Worker(address(script));
  } catch (error) {
    throw new StartError("worker", String(error));
  }
}

/**
 * Resolves when the worker says so; else ends its life with the reason.
 *
 * @param {Thread} worker
 * @param {AbortController} life
 * @param {number} patience
 * @param {((bytes: number) => void) | undefined} onProgress
 * @returns {Promise<void>}
 */
function ready(worker, life, patience, onProgress) {
  const started = new AbortController();
  const signal = AbortSignal.any([started.signal, life.signal]);
  const silence = () => fail("timeout", `nothing was heard for ${patience / 1000} s`);
  const fail = (/** @type {Reason} */ reason, /** @type {string} */ message) =>
    life.abort(new StartError(reason, message));
  let clock = setTimeout(silence, patience);
  let bytes = 0;
  return new Promise((resolve, reject) => {
    /** @param {MessageEvent<News>} event */
    const hear = ({ data }) => {
      clearTimeout(clock);
      clock = setTimeout(silence, patience);
      if ("loaded" in data) {
        bytes += data.loaded;
        onProgress?.(bytes);
      }
      if ("failed" in data) fail(data.failed.reason, data.failed.message);
      if ("ready" in data) {
        resolve();
        started.abort();
      }
    };
    worker.addEventListener("message", hear, { signal });
    worker.addEventListener("error", (event) => fail("worker", event.message ?? "no script"), {
      signal,
    });
    signal.addEventListener("abort", () => {
      clearTimeout(clock);
      reject(life.signal.reason);
    });
  });
}

/**
 * An address in full, as a worker needs it.
 *
 * @param {string} relative
 */
function address(relative) {
  return new URL(relative, document.baseURI).href;
}
