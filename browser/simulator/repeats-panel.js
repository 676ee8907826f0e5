/** @import { RepeatReply, SimData, Values, VegaRuntime, Written } from "../types.js" */
/** @import { Panel } from "./panel.js" */
/** @import { Runtime } from "../python/runtime.js" */

import { part } from "../page/part.js";
import { figures } from "./figure.js";
import { readouts } from "./readouts.js";
import { Repeats } from "./repeats.js";
import { show } from "./sentence.js";

const FRAME = 90;

/**
 * The part of a panel that repeats the experiment: buttons, progress, result.
 */
export class RepeatsPanel {
  #drawnAt = 0;
  #runs = 0;
  /** The values that the result shown is of; at first those it was printed with. */
  #shown = "";

  /**
   * @param {HTMLElement} root
   * @param {Panel} panel
   */
  constructor(root, { announcer, data, controls, name, signal }) {
    this.announcer = announcer;
    this.root = root;
    this.data = data;
    this.controls = controls;
    this.#shown = key(controls.values);
    this.repeats = new Repeats(name, data.chunk);
    this.write = readouts(root);
    this.figures = figures(root, data, signal);
    this.stopButton = part(root, "[data-action=stop]");
    this.progress = /** @type {HTMLProgressElement} */ (part(root, "progress"));
    this.count = part(root, ".repeats-count");
    this.state = part(root, ".repeats-state");
    this.verdict = part(root, ".repeats-verdict");
    this.stopButton.addEventListener("click", () => this.repeats.stop(), { signal });
    signal.addEventListener("abort", () => this.repeats.stop());
  }

  /**
   * The part of a panel, if its simulator repeats its experiment.
   *
   * @param {Panel} panel
   */
  static of(panel) {
    const root = panel.root.querySelector(".repeats");
    return root instanceof HTMLElement ? new RepeatsPanel(root, panel) : null;
  }

  /** The controls have moved: a run ends, and what is shown may be of other values. */
  moved() {
    this.repeats.stop();
    const stale = key(this.controls.values) !== this.#shown;
    this.root.toggleAttribute("data-stale", stale);
    this.state.textContent = stale ? (this.data.words.stale ?? "") : "";
  }

  /**
   * @param {Runtime} runtime
   * @param {Values} values
   * @param {number} count
   */
  async run({ python, vega }, values, count) {
    const { written } = this.controls;
    const run = ++this.#runs;
    this.state.textContent = "";
    this.#drawnAt = 0;
    /** @type {RepeatReply | null} */
    let undrawn = null;
    this.#busy(true);
    try {
      const ended = await this.repeats.run(python, values, count, async (reply, total) => {
        this.progress.value = reply.done / total;
        this.count.textContent = this.#told("progress", { done: reply.done, total });
        undrawn = reply;
        this.#shown = key(values);
        this.root.removeAttribute("data-stale");
        if (performance.now() - this.#drawnAt < FRAME) return;
        await this.#show(vega, reply, written);
        undrawn = null;
      });
      if (undrawn) await this.#show(vega, undrawn, written);
      if (ended === "stopped" && run === this.#runs && !this.root.hasAttribute("data-stale")) {
        this.state.textContent = this.#told("stopped", { done: this.repeats.done });
      }
      if (run === this.#runs) {
        this.announcer.settle(this.state.textContent || (this.verdict.textContent ?? ""));
      }
    } finally {
      if (run === this.#runs) this.#busy(false);
    }
  }

  /**
   * @param {VegaRuntime} vega
   * @param {RepeatReply} reply
   * @param {Record<string, Written>} written
   */
  async #show(vega, reply, written) {
    const numbers = { ...written, ...reply.readouts };
    this.write(reply.readouts);
    show(this.verdict, this.data.repeatVerdicts[reply.verdict] ?? "", numbers);
    await Promise.all(this.figures.map((figure) => figure.show(vega, reply.tables, numbers)));
    this.#drawnAt = performance.now();
  }

  /** @param {boolean} busy */
  #busy(busy) {
    this.progress.hidden = !busy;
    if (this.stopButton === document.activeElement) part(this.root, "[data-repeat]").focus();
    this.stopButton.hidden = !busy;
    this.count.hidden = !busy;
    if (busy) this.progress.value = 0;
  }

  /**
   * @param {string} word
   * @param {Record<string, number>} numbers
   */
  #told(word, numbers) {
    return (this.data.words[word] ?? "").replace(/\{(\w+)\}/g, (_, name) =>
      (numbers[name] ?? 0).toLocaleString("en"),
    );
  }
}

/** @param {Values} values */
function key(values) {
  return JSON.stringify(values);
}
