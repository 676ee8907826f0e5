/** @import { Python, RepeatReply, Tally, Values } from "../types.js" */

/**
 * The experiment repeated in chunks. What is counted stays when the run is stopped, and is
 * counted on when it goes on with the same values.
 */
export class Repeats {
  /** @type {AbortController | null} */
  #running = null;
  /** @type {Tally | null} */
  #tally = null;
  #done = 0;
  #values = "";

  /**
   * @param {string} widget
   * @param {number} chunk experiments drawn at once; the same as at build time, for equal numbers
   */
  constructor(widget, chunk) {
    this.widget = widget;
    this.chunk = chunk;
  }

  get done() {
    return this.#done;
  }

  /** Stops at once: what the worker still counts is not waited for. */
  stop() {
    this.#running?.abort();
  }

  /**
   * Repeats up to `count` times, or `count` times more if that many are counted already.
   *
   * @param {Python} python
   * @param {Values} values
   * @param {number} count
   * @param {(reply: RepeatReply, total: number) => Promise<void>} progress
   * @returns {Promise<"complete" | "stopped">}
   */
  async run(python, values, count, progress) {
    this.stop();
    const running = new AbortController();
    this.#running = running;
    this.#startAt(values);
    const total = this.#done < count ? count : this.#done + count;
    while (this.#done < total && !running.signal.aborted) {
      const reply = await this.#next(python, values, running.signal);
      if (!reply || running.signal.aborted) break;
      this.#tally = reply.tally;
      this.#done = reply.done;
      await progress(reply, total);
    }
    return running.signal.aborted ? "stopped" : "complete";
  }

  /**
   * @param {Python} python
   * @param {Values} values
   * @param {AbortSignal} signal
   * @returns {Promise<RepeatReply | null>}
   */
  async #next(python, values, signal) {
    const request = {
      call: "repeat",
      widget: this.widget,
      values,
      tally: this.#tally,
      done: this.#done,
      count: this.chunk,
    };
    try {
      return /** @type {RepeatReply} */ (await python.call(request, { signal }));
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  }

  /** @param {Values} values */
  #startAt(values) {
    const key = JSON.stringify(values);
    if (key === this.#values) return;
    this.#values = key;
    this.#tally = null;
    this.#done = 0;
  }
}
