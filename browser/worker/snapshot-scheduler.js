/** @typedef {import("./snapshot.js").Proof} Proof */
/** @typedef {import("./start.js").Started} Started */

/** Milliseconds without a request after which the next step is taken. */
const IDLE = 100;

/**
 * Saves a snapshot of Python once it has imported every simulator. The work is split into steps
 * that run only while no request waits, so that a request is delayed by one step at most.
 */
export class SnapshotScheduler {
  #started;
  #timer = 0;
  /** @type {AsyncGenerator<void> | null} */
  #steps = null;

  /** @param {Started} started */
  constructor(started) {
    this.#started = started;
  }

  /** A request has come. */
  pause() {
    clearTimeout(this.#timer);
  }

  /**
   * No request waits. The first simulation's reply is the proof that a resumed Python must give.
   *
   * @param {Proof} [simulated]
   */
  resume(simulated) {
    this.#steps ??= simulated ? steps(this.#started, simulated) : null;
    this.#timer = setTimeout(() => this.#step(), IDLE);
  }

  async #step() {
    try {
      const { done } = (await this.#steps?.next()) ?? { done: true };
      if (!done) this.resume();
    } catch (error) {
      console.info("no snapshot was saved:", error);
    }
  }
}

/**
 * @param {Started} started
 * @param {Proof} proof
 */
async function* steps({ answer, simulators, save }, proof) {
  for (const widget of simulators()) {
    answer(JSON.stringify({ call: "simulate", widget, values: {} }));
    yield;
  }
  await save?.(proof);
}
