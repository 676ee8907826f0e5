import { part } from "../page/part.js";
import { failure, cellPython as python } from "../python/runtime.js";

/** @typedef {{ printed: string, problem: string }} Outcome */
/** @typedef {"static" | "starting" | "running" | "ready" | "stopped" | "died" | "failed"} State */

/**
 * A script that the reader can change and run on this site's engine, in a Python that all scripts of
 * the page share, and no simulator. The build wrote it with what it prints as it stands.
 *
 * A script may never end, and nothing can interrupt it: to stop it is to replace that Python.
 */
export class CodeCell extends HTMLElement {
  /** @type {AbortController | null} */
  #lifetime = null;
  /** @type {AbortController | null} */
  #running = null;
  #printed = "";

  connectedCallback() {
    this.#lifetime = new AbortController();
    const { signal } = this.#lifetime;
    this.#printed = this.#output.textContent ?? "";
    this.#code.readOnly = false;
    this.#enter("static");
    const acts = {
      run: () => this.#busy || void this.#run(),
      stop: () => this.#stop(),
      reset: () => this.#busy || this.#reset(),
    };
    for (const [action, act] of Object.entries(acts)) {
      this.#button(action).addEventListener("click", act, { signal });
    }
    this.#code.addEventListener("keydown", (event) => this.#key(event), { signal });
  }

  disconnectedCallback() {
    this.#running?.abort();
    this.#lifetime?.abort();
  }

  get #code() {
    return /** @type {HTMLTextAreaElement} */ (part(this, "textarea"));
  }

  get #output() {
    return part(this, "samp");
  }

  /** The page holds the data once, for all cells that read them. */
  get #data() {
    return part(document.body, `script[data-cell-data="${this.dataset.file}"]`);
  }

  /** @param {string} action */
  #button(action) {
    return part(this, `[data-action=${action}]`);
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
    this.#running = new AbortController();
    const { signal } = this.#running;
    const data = JSON.parse(this.#data.textContent ?? "{}");
    this.#enter("starting");
    try {
      await python.ready();
      signal.throwIfAborted();
      this.#enter("running");
      const reply = await python.call({ call: "run", code: this.#code.value, data }, { signal });
      this.#show(/** @type {Outcome} */ (reply));
      this.#enter("ready");
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
    }
  }

  #stop() {
    this.#running?.abort();
    if (this.dataset.state === "running") python.renew();
    this.#enter("stopped");
  }

  /** @param {unknown} error */
  #fail(error) {
    console.warn("cell:", error);
    this.#show({ printed: this.#printed, problem: "" });
    if (this.dataset.state === "running") return this.#enter("died");
    this.#enter("failed", `${failure(error).sentence}${this.dataset.failed}`);
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

  /**
   * @param {State} state
   * @param {string} [words]
   */
  #enter(state, words = this.dataset[state] ?? "") {
    this.dataset.state = state;
    // A disabled button would lose the focus of the reader who pressed it.
    for (const action of ["run", "reset"]) {
      this.#button(action).hidden = false;
      this.#button(action).setAttribute("aria-disabled", String(this.#busy));
    }
    const stop = this.#button("stop");
    if (stop === document.activeElement) this.#button("run").focus();
    stop.hidden = !this.#busy;
    part(this, "[role=status]").textContent = words;
  }
}
