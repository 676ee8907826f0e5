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
   * It is answered, and nothing waits. The first answer is what a Python that is brought back has
   * to give again.
   *
   * @param {Proof} answered
   */
  rest(answered) {
    this.#steps ??= steps(this.#started, answered);
    this.#clock = setTimeout(() => this.#step(answered), REST);
  }

  /** @param {Proof} answered */
  async #step(answered) {
    try {
      const { done } = (await this.#steps?.next()) ?? {};
      if (!done) this.rest(answered);
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
