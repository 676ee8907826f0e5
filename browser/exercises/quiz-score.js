import { part } from "../page/part.js";
import { CHANGED, clear } from "./quiz-answers.js";
import { QuizItem } from "./quiz-item.js";

/**
 * How many of the questions above, back to the score before, were right at the first try, and the way
 * to begin them anew.
 */
export class QuizScore extends HTMLElement {
  /** @type {AbortController | null} */
  #lifetime = null;

  connectedCallback() {
    this.#lifetime = new AbortController();
    const { signal } = this.#lifetime;
    const button = part(this, "button");
    button.addEventListener("click", () => this.#again(), { signal });
    document.addEventListener(CHANGED, () => this.#show(), { signal });
    this.#show();
  }

  disconnectedCallback() {
    this.#lifetime?.abort();
  }

  #again() {
    const items = this.#questions();
    clear(items.map((item) => item.id));
    items[0]?.querySelector("input")?.focus();
  }

  #show() {
    const all = this.#questions();
    const answered = all.filter((item) => item.right !== undefined);
    const numbers = {
      right: answered.filter((item) => item.right).length,
      answered: answered.length,
      all: all.length,
    };
    const said = Object.entries(numbers).reduce(
      (text, [name, number]) => text.replace(`{${name}}`, String(number)),
      this.dataset.score ?? "",
    );
    const status = part(this, "[role=status]");
    const text = answered.length > 0 ? said : "";
    if (status.textContent !== text) status.textContent = text;
    part(this, "button").hidden = answered.length === 0;
  }

  #questions() {
    const all = [...document.querySelectorAll("quiz-item, quiz-score")];
    const before = all.slice(0, all.indexOf(this));
    const start = before.findLastIndex((one) => one instanceof QuizScore);
    return before.slice(start + 1).filter((one) => one instanceof QuizItem);
  }
}
