/** @import { Python, Request } from "./python.js" */

/**
 * A Python that outlives its worker. When that is ended, another takes its place, and whatever the
 * first one still owed an answer is asked of the second: those who wait only wait longer.
 */
export class LastingPython {
  #begin;
  /** @type {Promise<Python>} */
  #begun;

  /** @param {() => Promise<Python>} begin starts a worker */
  constructor(begin) {
    this.#begin = begin;
    this.#begun = begin();
  }

  /** Resolves when it can answer. */
  get ready() {
    return this.#begun;
  }

  /**
   * @param {Request} request
   * @param {{signal?: AbortSignal}} [options]
   * @returns {Promise<object>}
   */
  async call(request, options = {}) {
    const python = await this.#living();
    try {
      return await python.call(request, options);
    } catch (error) {
      if (options.signal?.aborted || python === (await this.#begun)) throw error;
      return this.call(request, options);
    }
  }

  /** Ends the worker, whatever it is doing, and starts another. */
  async renew() {
    const ended = this.#begun;
    this.#begun = this.#begin();
    this.#begun.catch(() => {}); // whoever asks next is told
    (await ended).close();
  }

  async #living() {
    const begun = this.#begun;
    const { alive } = await begun;
    if (!alive && begun === this.#begun) await this.renew();
    return this.#begun;
  }
}
