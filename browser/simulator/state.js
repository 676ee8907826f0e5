import { part } from "../page/part.js";

/** @typedef {"static" | "loading" | "ready" | "busy" | "failed"} State */

/** What takes no longer is not called busy: words that come and go with every movement disturb. */
const NOTICED = 200;

/** The state of a panel: as an attribute, in words, and in what can be used. */
export class PanelState {
  #saying = 0;
  #usable = false;
  #retryWords;

  /**
   * @param {HTMLElement} root
   * @param {Record<string, string>} words
   * @param {import("./announcer.js").Announcer} announcer
   */
  constructor(root, words, announcer) {
    this.root = root;
    this.announcer = announcer;
    this.words = words;
    this.status = part(root, ".simulator-status");
    this.retry = part(root, "[data-action=retry]");
    this.#retryWords = this.retry.textContent ?? "";
  }

  /**
   * @param {State} state
   * @param {string} [words]
   * @param {string} [remedy] what the button says that leads out of a failure
   */
  enter(state, words = this.words[state], remedy = "") {
    if (this.root.dataset.state === state) return;
    if (state === "failed") this.retry.textContent = remedy || this.#retryWords;
    this.root.dataset.state = state;
    clearTimeout(this.#saying);
    if (state === "busy") this.#saying = window.setTimeout(() => this.#say(state, words), NOTICED);
    else this.#say(state, words);
    this.#use(state !== "failed");
  }

  /** Lets the controls be used. */
  open() {
    this.#use(true);
  }

  /**
   * @param {State} state
   * @param {string | undefined} words
   */
  #say(state, words) {
    this.status.dataset.says = state;
    if (words && state === "failed") this.announcer.say(words);
    if (words && this.status.textContent !== words) this.status.textContent = words;
  }

  /**
   * What has the reader's focus may go: then it is at the way out, and from there at the controls.
   *
   * @param {boolean} usable
   */
  #use(usable) {
    if (usable === this.#usable) return;
    this.#usable = usable;
    const focused = document.activeElement;
    const parts = /** @type {NodeListOf<HTMLFieldSetElement | HTMLButtonElement>} */ (
      this.root.querySelectorAll("fieldset, .needs-script button, button.needs-script")
    );
    for (const one of parts) one.disabled = !usable && !one.matches("[data-without-runtime]");
    this.retry.hidden = usable;
    if (focused === this.retry) part(this.root, "fieldset :is(input, select)").focus();
    else if (focused?.matches(":disabled") && this.root.contains(focused)) this.retry.focus();
  }
}
