import * as address from "../page/address.js";
import { copyFor } from "../page/clipboard.js";
import { part } from "../page/part.js";

/**
 * A tree of decisions, walked one question at a time. The build wrote it as a nested list; here the
 * answers become buttons, only the way taken is shown, and the address says which it is:
 * `?choose.path=2-1`.
 */
export class DecisionTree extends HTMLElement {
  /** @type {AbortController | null} */
  #lifetime = null;
  /** @type {number[]} */
  #path = [];

  connectedCallback() {
    this.#lifetime = new AbortController();
    const { signal } = this.#lifetime;
    for (const answer of this.querySelectorAll("p.tree-answer")) toButton(answer);
    this.#path = this.#read();
    this.addEventListener("click", (event) => this.#click(event), { signal });
    addEventListener("afterprint", () => delete document.documentElement.dataset.printing, {
      signal,
    });
    this.#show();
  }

  disconnectedCallback() {
    this.#lifetime?.abort();
  }

  /** The path in the address, as far as the tree has it. */
  #read() {
    /** @type {number[]} */
    const path = [];
    for (const step of (address.read(this.#name).path ?? "").split("-").map(Number)) {
      if (!answers(this.#place(path))[step - 1]) break;
      path.push(step);
    }
    return path;
  }

  get #name() {
    return this.dataset.name ?? "";
  }

  /** @param {Event} event */
  #click(event) {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const item = button?.matches(".tree-answer") ? button.closest("li") : null;
    if (item) this.#go(this.#turned(item));
    switch (button?.dataset.action) {
      case "back":
        return this.#go(this.#path.slice(0, -1));
      case "again":
        return this.#go([]);
      case "copy_link":
        return void copyFor(
          button,
          address.link(this.id),
          part(this, ".tree-tools").dataset.copied,
        );
      case "print":
        return this.#print();
    }
  }

  /**
   * The path after an answer was given, or, if it was given before, taken back.
   *
   * @param {HTMLElement} item
   */
  #turned(item) {
    const depth = this.#path.findIndex(
      (step, index) => answers(this.#place(this.#path.slice(0, index)))[step - 1] === item,
    );
    if (depth >= 0) return this.#path.slice(0, depth);
    return [...this.#path, answers(this.#place(this.#path)).indexOf(item) + 1];
  }

  /** @param {number[]} path */
  #go(path) {
    this.#path = path;
    address.write(this.#name, path.length > 0 ? { path: path.join("-") } : {});
    this.#show();
    const here = part(this.#place(path), ":scope > :is(.tree-question, .tree-advice)");
    here.tabIndex = -1;
    here.focus({ preventScroll: true });
    here.scrollIntoView({ block: "nearest" });
  }

  /**
   * The element that holds the question or advice to which a path leads.
   *
   * @param {number[]} path
   * @returns {Element}
   */
  #place(path) {
    return path.reduce(
      (place, step) => answers(place)[step - 1] ?? place,
      /** @type {Element} */ (this),
    );
  }

  #show() {
    for (let depth = 0; depth <= this.#path.length; depth++) {
      const chosen = this.#path[depth];
      const items = answers(this.#place(this.#path.slice(0, depth)));
      for (const [index, item] of items.entries()) {
        const taken = chosen === index + 1;
        item.hidden = chosen !== undefined && !taken;
        part(item, ":scope > .tree-answer").setAttribute("aria-pressed", String(taken));
        for (const next of /** @type {NodeListOf<HTMLElement>} */ (
          item.querySelectorAll(":scope > :not(.tree-answer)")
        )) {
          next.hidden = !taken;
        }
      }
    }
    this.toggleAttribute("data-walked", this.#path.length > 0);
    for (const button of this.querySelectorAll(".tree-tools button")) {
      button.toggleAttribute("hidden", this.#path.length === 0);
    }
  }

  /** Prints the path without the page around it. */
  #print() {
    document.documentElement.dataset.printing = "tree";
    print();
  }
}

/**
 * The answers to the question in this place; none to an advice.
 *
 * @param {Element} place
 */
function answers(place) {
  return /** @type {HTMLElement[]} */ ([...place.querySelectorAll(":scope > .tree-answers > li")]);
}

/** @param {Element} answer */
function toButton(answer) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = answer.className;
  button.append(...answer.childNodes);
  answer.replaceWith(button);
}
