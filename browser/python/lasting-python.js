/** @import { Python, Request } from "./python.js" */

/**
 * A Python that outlives its worker. When that is ended, another takes its place, and whatever the
 * first one still owed an answer is asked of the second: those who wait only wait longer.
 */
export class LastingPython {
  #begin;
  /** @type {Promise<Python> | null} */
  #begun = null;

  /** @param {() => Promise<Python>} begin starts a worker */
  constructor(begin) {
    this.#begin = begin;
  }

  /** Resolves when it can answer. What could not be started, or has died, is started again. */
  async ready() {
    const begun = this.#begun ?? this.#start();
    const { alive } = await begun;
    if (!alive && begun === this.#begun) this.#start();
    return this.#begun ?? this.#start();
  }

  /**
   * @param {Request} request
   * @param {{signal?: AbortSignal}} [options]
   * @returns {Promise<object>}
   */
  async call(request, options = {}) {
    const python = await this.ready();
    try {
      return await python.call(request, options);
    } catch (error) {
      if (options.signal?.aborted || python === (await this.#begun)) throw error;
      return this.call(request, options);
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
