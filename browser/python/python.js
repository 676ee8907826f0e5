/**
 * The page's side of Python: one worker, questions and answers in JSON.
 *
 * `startPython(assets, {signal, onProgress})` gives a `Python` that is ready, or rejects with a
 * `StartError` whose `reason` says why in a word (worker/messages.d.ts). `python.call(request)` gives the reply of
 * `widgets.host`; an error reply becomes a `PythonError`. If the worker dies, what waits and what
 * is asked later rejects with a `StartError` too, `python.alive` is false, and the page may start anew.
 */

import { Files, LoadError } from "../worker/files.js";
import { thisThread } from "./main-thread.js";

/** @typedef {import("../worker/messages.d.ts").Answer} Answer */
/** @typedef {import("../worker/messages.d.ts").News} News */
/** @typedef {import("../worker/messages.d.ts").Reason} Reason */
/** @typedef {import("../worker/messages.d.ts").Places} Places */
/** @typedef {import("../worker/messages.d.ts").Received} Received */
/** @typedef {Pick<Worker, "addEventListener" | "postMessage"> & {terminate: () => void}} Thread */
/** @typedef {{runtime: string, models: string, worker: string, files?: Record<string, string>, checksums?: Record<string, string>}} Assets
 *   addresses, relative to the page */
/** @typedef {{resolve: (reply: Reply) => void, reject: (error: unknown) => void}} Waiting */
/** @typedef {Record<string, unknown> & {call: string}} Request */
/** @typedef {Record<string, unknown> & {error?: {kind: string, message: string}}} Reply */

/**
 * @typedef {object} Options
 * @property {AbortSignal} [signal] ends the start and, later, the worker
 * @property {(bytes: number) => void} [onProgress] called with the number of bytes received so far
 * @property {number} [patience] milliseconds without bytes after which a download is given up
 * @property {number} [watchdog] milliseconds after which a call without an answer means that the
 *   worker is gone
 * @property {Record<string, Received>} [received] by earlier attempts, by address; a failed attempt
 *   adds what it has received
 */

/** Milliseconds without bytes. */
const PATIENCE = 60_000;

/** A worker is given up after so many times the patience of its downloads, which it gives up itself. */
const SILENCE = 4;

/** Milliseconds after which a worker has read its script. */
const REVOKED_AFTER = 60_000;

/** Milliseconds; no call of a simulator takes nearly as long, on any device. */
const WATCHDOG = 60_000;

/** The runtime cannot load, or is no more. */
export class StartError extends LoadError {
  /**
   * @param {Reason} reason
   * @param {string} message
   */
  constructor(reason, message) {
    super(reason, message);
    this.name = "StartError";
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
 * @returns {Promise<Python>}
 */
export async function startPython(assets, options = {}) {
  options.signal?.throwIfAborted();
  try {
    const worker = await workerOf(assets, options);
    if (options.signal?.aborted) worker.terminate();
    options.signal?.throwIfAborted();
    return await startIn(worker, assets, options);
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
async function startIn(worker, assets, { signal, onProgress, received = {}, ...options }) {
  const { patience = PATIENCE, watchdog = WATCHDOG } = options;
  const life = new AbortController();
  life.signal.addEventListener("abort", () => worker.terminate(), { once: true });
  signal?.addEventListener("abort", () => life.abort(signal.reason), { signal: life.signal });
  const begun = ready(worker, life, { patience, onProgress, received });
  const { files, checksums } = assets;
  const lock = navigator.locks && `python ${Math.random()}`;
  const places = {
    runtime: address(assets.runtime),
    models: address(assets.models),
    worker: address(assets.worker),
  };
  worker.postMessage({ start: { ...places, files, checksums, received, patience, lock } });
  const { locked } = await begun;
  for (const url of Object.keys(received)) delete received[url];
  const python = new Python(worker, life, watchdog);
  if (locked) python.watch(lock);
  return python;
}

/** A running Python. Made by `startPython`. */
export class Python {
  /** @type {Map<number, Waiting>} */
  #waiting = new Map();
  #last = 0;
  #worker;
  #life;
  #watchdog;

  /**
   * @param {Thread} worker
   * @param {AbortController} life
   * @param {number} watchdog
   */
  constructor(worker, life, watchdog) {
    this.#worker = worker;
    this.#life = life;
    this.#watchdog = watchdog;
    const { signal } = life;
    worker.addEventListener("message", ({ data }) => this.#settle(data), { signal });
    worker.addEventListener("error", (event) => this.#die(event.message), { signal });
    signal.addEventListener("abort", () => this.#forsake(signal.reason), { once: true });
  }

  /**
   * Notices when the worker is gone, which browsers do not tell: it holds a lock while it lives.
   *
   * @param {string} lock
   */
  watch(lock) {
    const { signal } = this.#life;
    navigator.locks
      .request(lock, { signal }, () => this.#die("the worker is gone"))
      .catch(() => {});
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
    const silence = () => this.#die(`no answer for ${this.#watchdog / 1000} s`);
    const clock = request.call === "run" ? 0 : setTimeout(silence, this.#watchdog);
    const answered = new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      signal?.addEventListener("abort", () => reject(signal.reason), { signal: settled.signal });
    });
    this.#worker.postMessage({ id, call: request.call, request: JSON.stringify(request) });
    return answered.finally(() => {
      clearTimeout(clock);
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
      if (answer.fatal) this.#die(message);
      else this.#waiting.get(answer.id)?.reject(new PythonError(name, message));
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

/**
 * A worker from a blob of its script, since only such a worker takes over the page's security
 * policy: one from an address has none, and could reach any other origin.
 *
 * @param {Assets} assets
 * @param {Options} options
 */
async function workerOf({ worker, files, checksums }, { patience, received }) {
  if (typeof WebAssembly !== "object") throw new StartError("webassembly", "there is none here");
  let script = worker;
  if (!files) {
    const download = new Files(fetch.bind(globalThis), { checksums, patience, received });
    const bytes = await download.bytes(new URL(address(worker)));
    script = URL.createObjectURL(new Blob([bytes], { type: "text/javascript" }));
  }
  try {
    return new Worker(script);
  } catch (error) {
    throw new StartError("worker", String(error));
  } finally {
    if (!files) setTimeout(() => URL.revokeObjectURL(script), REVOKED_AFTER);
  }
}

/**
 * Resolves when the worker says so; else ends its life with the reason.
 *
 * @param {Thread} worker
 * @param {AbortController} life
 * @param {object} options
 * @param {number} options.patience
 * @param {((bytes: number) => void) | undefined} options.onProgress
 * @param {Record<string, Received>} options.received
 * @returns {Promise<{locked: boolean}>}
 */
function ready(worker, life, { patience, onProgress, received }) {
  const started = new AbortController();
  const signal = AbortSignal.any([started.signal, life.signal]);
  const limit = patience * SILENCE;
  const silence = () => fail("timeout", `nothing was heard for ${limit / 1000} s`);
  const fail = (/** @type {Reason} */ reason, /** @type {string} */ message) =>
    life.abort(new StartError(reason, message));
  let clock = setTimeout(silence, limit);
  let bytes = 0;
  return new Promise((resolve, reject) => {
    /** @param {MessageEvent<News>} event */
    const hear = ({ data }) => {
      clearTimeout(clock);
      clock = setTimeout(silence, limit);
      if ("loaded" in data) {
        bytes += data.loaded;
        onProgress?.(bytes);
      }
      if ("failed" in data) {
        Object.assign(received, data.received);
        fail(data.failed.reason, data.failed.message);
      }
      if ("ready" in data) {
        resolve({ locked: data.locked });
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
