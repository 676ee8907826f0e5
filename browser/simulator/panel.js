/** @import { Reply, SimData, Values, Written } from "../types.js" */
/** @import { Runtime } from "../python/runtime.js" */

import * as address from "../page/address.js";
import { part } from "../page/part.js";
import { waiting } from "../python/loading.js";
import { failure, runtime, vega } from "../python/runtime.js";
import { Announcer } from "./announcer.js";
import { Controls } from "./controls.js";
import { figures } from "./figure.js";
import { onIntent } from "./intent.js";
import { newestWins } from "./latest.js";
import { readouts } from "./readouts.js";
import { RepeatsPanel } from "./repeats-panel.js";
import { plain, show, showList } from "./sentence.js";
import { PanelState } from "./state.js";
import { keepHeight } from "./steady.js";

/** @typedef {{ values: Values, written: Record<string, Written>, at: number }} Move */

/** The life of one simulator's panel: from what moves to what is shown. */
export class Panel {
  /** @type {Runtime | null} */
  #runtime = null;
  /** @type {Promise<Runtime | null> | null} */
  #starting = null;
  /** @type {Values | null} */
  #shown = null;
  #isMoved = false;
  #announced = false;
  #isOutdated = false;

  /**
   * @param {HTMLElement} root
   * @param {SimData} data
   * @param {AbortSignal} signal
   */
  constructor(root, data, signal) {
    this.root = root;
    this.data = data;
    this.signal = signal;
    this.name = root.dataset.widget ?? "";
    this.controls = new Controls(root, data.controls);
    this.write = readouts(part(root, ".simulator-numbers"));
    this.figure = part(root, ".simulator-figure");
    this.charts = figures(this.figure, data, signal);
    this.verdict = part(root, ".simulator-verdict");
    this.notes = part(root, ".simulator-notes");
    this.announcer = new Announcer(part(root, "[role=status]"));
    this.state = new PanelState(root, data.words, this.announcer);
    this.bar = /** @type {HTMLProgressElement} */ (part(root, ".simulator-loading"));
    this.repeats = RepeatsPanel.of(this);
    this.submit = newestWins(
      (/** @type {Move} */ move) => this.#answer(move),
      () => this.#rest(),
    );
  }

  /** Wakes the panel up: its controls move, and it starts when the reader means to use it. */
  open() {
    this.controls.set(address.read(this.name));
    this.state.open();
    this.controls.listen(() => this.moved(), this.signal);
    keepHeight(part(this.root, ".simulator-said"), this.signal);
    onIntent(this.root, () => void this.start(), this.signal);
    if (Object.keys(this.controls.changes).length > 0) this.moved();
  }

  /**
   * Starts what computes, once; `null` if it cannot be started.
   *
   * @param {{retry?: boolean}} [options]
   * @returns {Promise<Runtime | null>}
   */
  start(options) {
    this.#starting ??= this.#start(options);
    return this.#starting;
  }

  /** Starts again after a failure, with what the address asks for; if need be, on a newer page. */
  retry() {
    if (this.#isOutdated) return address.reload();
    this.controls.reset();
    this.controls.set(address.read(this.name));
    void this.start({ retry: true });
    this.moved();
  }

  /** The controls have moved. */
  moved() {
    address.write(this.name, this.controls.changes);
    this.#isMoved = true;
    this.announcer.cancel();
    this.repeats?.moved();
    if (this.#runtime) {
      this.submit(this.#move());
    } else {
      this.root.dataset.stale = "";
      void this.start();
    }
  }

  /**
   * What cannot be computed is not shown: the panel keeps what it shows, and says so.
   *
   * @param {unknown} error
   */
  fail(error) {
    if (this.signal.aborted) return;
    console.warn(`${this.name}:`, error);
    this.#runtime = null;
    this.#starting = null;
    this.controls.reset();
    this.controls.set(this.#shown ?? {});
    this.repeats?.moved();
    delete this.root.dataset.stale;
    const { sentence, stillTrue, remedy, isOutdated } = failure(error);
    this.#isOutdated = isOutdated;
    this.state.enter("failed", `${sentence}${stillTrue}`, remedy);
  }

  /** @param {{retry?: boolean}} [options] */
  async #start(options) {
    this.state.enter("loading");
    this.#prepare();
    const arrived = waiting(this.bar);
    try {
      this.#runtime = await runtime(options);
      if (!this.signal.aborted) this.submit(this.#move());
      return this.#runtime;
    } catch (error) {
      this.fail(error);
      return null;
    } finally {
      arrived();
    }
  }

  /** While Python is on its way, there is time to draw; whether Vega comes, the runtime will tell. */
  #prepare() {
    vega().then(
      (it) => this.charts.map((chart) => chart.prepare(it)),
      () => {},
    );
  }

  /** @returns {Move} */
  #move() {
    const { values, written } = this.controls;
    return { values, written, at: performance.now() };
  }

  /** @param {Move} move */
  async #answer(move) {
    if (!this.#runtime || this.signal.aborted) return;
    if (this.#announced) this.state.enter("busy");
    try {
      const request = { call: "simulate", widget: this.name, values: move.values };
      const reply = /** @type {Reply} */ (
        await this.#runtime.python.call(request, { signal: this.signal })
      );
      await this.#show(reply, this.#runtime, move);
      this.#tell("sim:result", {
        values: move.values,
        seed: move.values.seed ?? null,
        readouts: Object.fromEntries(
          Object.entries(reply.readouts).map(([name, { value }]) => [name, value]),
        ),
        milliseconds: performance.now() - move.at,
      });
    } catch (error) {
      this.fail(error);
    }
  }

  /**
   * @param {Reply} reply
   * @param {Runtime} runtime
   * @param {Move} move
   */
  async #show(reply, { vega }, { values, written }) {
    const numbers = { ...written, ...reply.readouts };
    this.write(reply.readouts);
    show(this.verdict, this.data.verdicts[reply.verdict] ?? "", numbers);
    showList(
      this.notes,
      reply.notes.map((note) => plain(this.data.notes[note] ?? "", numbers)),
    );
    await Promise.all(this.charts.map((chart) => chart.show(vega, reply.tables, numbers)));
    this.#shown = values;
    delete this.root.dataset.stale;
  }

  /** Nothing runs and nothing waits. */
  #rest() {
    if (this.signal.aborted || !this.#runtime) return;
    this.state.enter("ready");
    if (this.#isMoved) this.announcer.settle(this.verdict.textContent ?? "");
    this.#isMoved = false;
    if (!this.#announced) this.#tell("sim:ready", {});
    this.#announced = true;
  }

  /**
   * @param {string} name
   * @param {object} detail
   */
  #tell(name, detail) {
    this.root.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }
}
