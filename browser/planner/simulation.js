/** @import { SimulationReply, Words } from "./types.js" */
/** @import { Planner } from "./planner.js" */

import { part } from "../page/part.js";
import { plain } from "../simulator/sentence.js";
import { draw } from "./frames.js";

const CHUNK = 100;
const TOTAL = 2000;

/** The check by simulation: progress, a stop, and what is counted stays. */
export class Simulation {
  /** @type {AbortController | null} */
  #running = null;
  /** @type {number[]} */
  #tally = [];
  #done = 0;
  /** The settings that are counted. */
  #counted = "";

  /** @param {Planner} planner */
  constructor(planner) {
    this.planner = planner;
    const root = part(planner.root, ".planner-simulation");
    this.button = part(root, "[data-action=simulate]");
    this.stopButton = part(root, "[data-action=stop]");
    this.progress = /** @type {HTMLProgressElement} */ (part(root, "progress"));
    this.count = part(root, ".repeats-count");
    this.strip = part(root, ".planner-strip");
  }

  /** The plan has moved: what was counted belongs to another one. */
  forget() {
    this.stop();
    this.#tally = [];
    this.#done = 0;
    this.#counted = "";
    this.count.textContent = "";
  }

  stop() {
    this.#running?.abort();
  }

  /** Draws experiments until there are as many as the button says, or as many more. */
  async run() {
    this.stop();
    if (!(await this.planner.start())) return;
    const values = this.planner.fields.values;
    const counted = JSON.stringify(values);
    if (counted !== this.#counted) this.forget();
    const running = new AbortController();
    this.#running = running;
    this.#counted = counted;
    const total = this.#done + TOTAL - (this.#done % TOTAL);
    this.#show(true, total);
    try {
      while (this.#done < total && !running.signal.aborted) {
        await this.#next(values, total, running.signal);
      }
    } finally {
      if (this.#running === running) this.#show(false, total);
    }
  }

  /**
   * @param {Words} values
   * @param {number} total
   * @param {AbortSignal} signal
   */
  async #next(values, total, signal) {
    const input = { ask: "simulate", values, done: this.#done, count: CHUNK, tally: this.#tally };
    const reply = /** @type {SimulationReply | null} */ (
      await this.planner.ask(input, signal).catch((error) => {
        if (signal.aborted) return null;
        throw error;
      })
    );
    if (!reply || signal.aborted) return;
    if (reply.problems) return this.stop();
    this.#tally = reply.tally;
    this.#done = reply.done;
    const simulated = Object.entries(reply.readouts).filter(([name]) => name.startsWith("sim."));
    this.planner.write(Object.fromEntries(simulated));
    draw(this.strip, reply.strip);
    this.#show(true, total);
  }

  /**
   * @param {boolean} running
   * @param {number} total
   */
  #show(running, total) {
    this.stopButton.hidden = !running;
    this.progress.hidden = !running;
    this.progress.value = this.#done / total;
    const { progress = "" } = this.planner.data.labels.simulation;
    const written = (/** @type {number} */ count) => ({ text: count.toLocaleString("en") });
    this.count.textContent = this.#done
      ? plain(progress, { done: written(this.#done), total: written(total) })
      : "";
  }
}
