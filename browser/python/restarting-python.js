/** @import { Python, Request } from "./python.js" */

import { StartError } from "./python.js";

/**
 * A Python that is started when it is first needed, and started again when its worker was replaced
 * or is gone. Requests that had no answer by then are sent to the new one.
 */
export class RestartingPython {
  #begin;
  /** @type {Promise<Python> | null} */
  #begun = null;

  /** @param {() => Promise<Python>} begin starts a worker */
  constructor(begin) {
    this.#begin = begin;
  }

  /** The latest start, unless it has failed. */
  get begun() {
    return this.#begun;
  }

  /** Resolves when it can answer. What could not be started, or has died, is started again. */
  async ready() {
    const begun = this.#begun ?? this.#start();
    const { alive } = await begun;
    if (!alive && begun === this.#begun) this.#start();
    return this.#begun ?? this.#start();
  }

  /**
   * The reply to a request. If the worker dies meanwhile the request is sent once more, unless it
   * is the kind of request that may have killed it.
   *
   * @param {Request} request
   * @param {{signal?: AbortSignal, again?: boolean}} [options]
   * @returns {Promise<object>}
   */
  async call(request, { again = request.call !== "run", ...options } = {}) {
    const python = await this.ready();
    try {
      return await python.call(request, options);
    } catch (error) {
      if (options.signal?.aborted) throw error;
      if (python !== (await this.#begun)) return this.call(request, { ...options, again });
      const died = error instanceof StartError && error.reason === "worker";
      if (!(died && again)) throw error;
      console.info("Python is started again:", error);
      return this.call(request, { ...options, again: false });
    }
  }

  /** Ends the worker, whatever it is doing, and starts another. */
  renew() {
    const ended = this.#begun;
    this.#start();
    ended?.then(
      (python) => python.close(),
      () => {}, // it never began
    );
  }

  #start() {
    const begun = this.#begin();
    begun.catch(() => {
      if (this.#begun === begun) this.#begun = null;
    });
    this.#begun = begun;
    return begun;
  }
}
