/** Milliseconds without a change after which what is shown has settled. */
const SETTLED = 500;

/** Milliseconds for which an announcement stays: reading on, nobody finds it a second time. */
const SPOKEN = 4000;

/** The one live region of a panel: it says a sentence once, when it has settled. */
export class Announcer {
  #timer = 0;
  #element;

  /** @param {Element} element */
  constructor(element) {
    this.#element = element;
  }

  /**
   * Says a sentence unless another follows it soon.
   *
   * @param {string} sentence
   */
  settle(sentence) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.say(sentence), SETTLED);
  }

  /**
   * Says a sentence now.
   *
   * @param {string} sentence
   */
  say(sentence) {
    clearTimeout(this.#timer);
    this.#element.textContent = sentence;
    this.#timer = setTimeout(() => this.cancel(), SPOKEN);
  }

  /** What was to be said is no longer true. */
  cancel() {
    clearTimeout(this.#timer);
    this.#element.textContent = "";
  }
}
