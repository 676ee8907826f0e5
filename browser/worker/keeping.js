/** @typedef {import("./snapshot.js").Proof} Proof */
/** @typedef {import("./start.js").Started} Started */

/** Milliseconds without a question: the reader looks at what she has got. */
const REST = 100;

/**
 * Keeps Python for other visits, once it has learnt all simulators. That is done a step at a time
 * and only while nothing is asked, so that a reader who goes on waits for one step at most.
 */
export class Keeping {
  #started;
  #clock = 0;
  /** @type {AsyncGenerator<void> | null} */
  #steps = null;

  /** @param {Started} started */
  constructor(started) {
    this.#started = started;
  }

  /** Something is asked. */
  pause() {
    clearTimeout(this.#clock);
  }

  /**
   * It is answered, and nothing waits. The first simulation is what a Python that goes on has to
   * answer in the same way.
   *
   * @param {Proof} [simulated]
   */
  rest(simulated) {
    this.#steps ??= simulated ? steps(this.#started, simulated) : null;
    this.#clock = setTimeout(() => this.#step(), REST);
  }

  async #step() {
    try {
      const { done } = (await this.#steps?.next()) ?? { done: true };
      if (!done) this.rest();
    } catch (error) {
      console.info("Python is not kept:", error);
    }
  }
}

/**
 * @param {Started} started
 * @param {Proof} proof
 */
async function* steps({ answer, simulators, keep }, proof) {
  for (const widget of simulators()) {
    answer(JSON.stringify({ call: "simulate", widget, values: {} }));
    yield;
  }
  await keep?.(proof);
}
