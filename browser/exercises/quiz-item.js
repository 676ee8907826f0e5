import { part } from "../page/part.js";
import { answer, answered, CHANGED } from "./quiz-answers.js";

/**
 * A question. The build wrote its options as a list and all that there is to say in `<details>`;
 * here the options can be chosen, and what is said is said to the one chosen.
 */
export class QuizItem extends HTMLElement {
  /** @type {AbortController | null} */
  #lifetime = null;
  /** @type {HTMLInputElement[]} */
  #radios = [];

  connectedCallback() {
    this.#lifetime = new AbortController();
    const { signal } = this.#lifetime;
    if (this.#radios.length === 0) this.#equip();
    this.addEventListener("change", (event) => this.#choose(event), { signal });
    document.addEventListener(CHANGED, () => this.#show(), { signal });
    this.#show();
  }

  disconnectedCallback() {
    this.#lifetime?.abort();
  }

  /** Whether the first answer was right; undefined before there is one. */
  get right() {
    const first = answered(this.id)?.first;
    return first && this.#said(first)?.matches(".quiz-right");
  }

  #equip() {
    const list = part(this, ".quiz-options");
    const group = document.createElement("div");
    group.role = "radiogroup";
    group.setAttribute("aria-labelledby", `${this.id}-asked`);
    list.replaceWith(group);
    group.append(list);
    for (const item of list.children)
      this.#radios.push(radio(/** @type {HTMLElement} */ (item), this.id));
    const details = part(this, ".quiz-answers");
    const region = document.createElement("div");
    region.setAttribute("aria-live", "polite");
    region.append(...this.querySelectorAll(".quiz-said"));
    details.replaceWith(region);
  }

  /** @param {Event} event */
  #choose(event) {
    if (!(event.target instanceof HTMLInputElement)) return;
    answer(this.id, event.target.value);
  }

  #show() {
    const option = answered(this.id)?.last;
    for (const one of this.#radios) {
      one.checked = one.value === option;
      const kind = this.#said(one.value)?.matches(".quiz-right") ? "right" : "wrong";
      const item = /** @type {HTMLElement} */ (one.closest("li"));
      if (one.checked) item.dataset.chosen = kind;
      else delete item.dataset.chosen;
    }
    for (const said of this.querySelectorAll(".quiz-said")) {
      const mine = said instanceof HTMLElement && said.dataset.option === option;
      said.toggleAttribute("hidden", !mine);
    }
  }

  /** @param {string} option */
  #said(option) {
    return this.querySelector(`.quiz-said[data-option="${CSS.escape(option)}"]`);
  }
}

/**
 * Makes an option one to choose.
 *
 * @param {HTMLElement} item
 * @param {string} name
 */
function radio(item, name) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  input.type = "radio";
  input.name = name;
  input.value = item.dataset.option ?? "";
  input.autocomplete = "off";
  label.append(input, ...item.childNodes);
  item.append(label);
  return input;
}
