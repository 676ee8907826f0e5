import { part } from "./part.js";
import { forget, runtime } from "./runtime.js";

/** @typedef {{ printed: string, problem: string }} Outcome */
/** @typedef {"static" | "starting" | "running" | "ready" | "failed"} State */

/**
 * A script that the reader can change and run on this site's engine, in the Python that the
 * simulators share. The build wrote it with what it prints as it stands.
 */
export class CodeCell extends HTMLElement {
  /** @type {AbortController | null} */
  #lifetime = null;
  #printed = "";

  connectedCallback() {
    this.#lifetime = new AbortController();
    const { signal } = this.#lifetime;
    this.#printed = this.#output.textContent ?? "";
    this.#code.readOnly = false;
    this.#enter("static");
    part(this, "[data-action=run]").addEventListener("click", () => void this.#run(), { signal });
    part(this, "[data-action=reset]").addEventListener("click", () => this.#reset(), { signal });
    this.#code.addEventListener("keydown", (event) => this.#key(event), { signal });
    for (const button of this.#buttons) button.hidden = false;
  }

  disconnectedCallback() {
    this.#lifetime?.abort();
  }

  get #code() {
    return /** @type {HTMLTextAreaElement} */ (part(this, "textarea"));
  }

  get #output() {
    return part(this, "samp");
  }

  get #buttons() {
    return this.querySelectorAll("button");
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (!this.#busy) void this.#run();
  }

  get #busy() {
    return ["starting", "running"].includes(this.dataset.state ?? "");
  }

  async #run() {
    const signal = this.#lifetime?.signal;
    const data = JSON.parse(part(this, "script.cell-data").textContent ?? "{}");
    this.#enter("starting");
    try {
      const { python } = await runtime();
      this.#enter("running");
      const request = { call: "run", code: this.#code.value, data };
      const reply = await python.call(request, signal ? { signal } : {});
      this.#show(/** @type {Outcome} */ (reply));
      this.#enter("ready");
    } catch (error) {
      if (signal?.aborted) return;
      console.warn("cell:", error);
      forget();
      this.#show({ printed: this.#printed, problem: "" });
      this.#enter("failed");
    }
  }

  #reset() {
    this.#code.value = this.#code.defaultValue;
    this.#show({ printed: this.#printed, problem: "" });
    this.#enter("static");
  }

  /** @param {Outcome} outcome */
  #show({ printed, problem }) {
    const wrong = document.createElement("span");
    wrong.className = "cell-problem";
    wrong.textContent = problem;
    this.#output.replaceChildren(printed, ...(problem ? [wrong] : []));
  }

  /** @param {State} state */
  #enter(state) {
    this.dataset.state = state;
    for (const button of this.#buttons) button.disabled = this.#busy;
    part(this, "[role=status]").textContent = this.dataset[state] ?? "";
  }
}
