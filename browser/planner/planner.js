/** @import { Ends, PlanReply, PlannerData, ProblemReply, Words } from "./types.js" */

import * as address from "../page/address.js";
import { part } from "../page/part.js";
import { waiting } from "../python/loading.js";
import { failure, python } from "../python/runtime.js";
import { Announcer } from "../simulator/announcer.js";
import { onIntent } from "../simulator/intent.js";
import { newestWins } from "../simulator/latest.js";
import { readouts } from "../simulator/readouts.js";
import { plain, show, showList } from "../simulator/sentence.js";
import { PanelState } from "../simulator/state.js";
import { keepHeight } from "../simulator/steady.js";
import { Fields, texts } from "./fields.js";
import { draw, shownSize } from "./frames.js";
import { dragPlan } from "./map.js";
import { Simulation } from "./simulation.js";

export const NAME = "planner";

/** The life of the planner: from what is typed or dragged to what is shown. */
export class Planner {
  /** @type {Promise<boolean> | null} */
  #starting = null;
  #started = false;
  #announced = false;
  #isMoved = false;
  #isOutdated = false;
  /** @type {Ends | null} */
  #held = null;
  /** @type {Words} what the fields said when all could be read */
  #shown = {};

  /**
   * @param {HTMLElement} root
   * @param {PlannerData} data
   * @param {AbortSignal} signal
   */
  constructor(root, data, signal) {
    this.root = root;
    this.data = data;
    this.signal = signal;
    this.fields = new Fields(root, data);
    this.write = readouts(root);
    this.map = part(root, '[data-figure="map"]');
    this.curve = part(root, '[data-figure="curve"]');
    this.verdict = part(root, ".simulator-verdict");
    this.notes = part(root, ".simulator-notes");
    this.paragraph = part(root, ".planner-paragraph");
    this.kept = part(root, ".planner-kept");
    this.announcer = new Announcer(part(root, "[role=status]"));
    this.state = new PanelState(root, data.words, this.announcer);
    this.bar = /** @type {HTMLProgressElement} */ (part(root, ".simulator-loading"));
    this.simulation = new Simulation(this);
    this.submit = newestWins(
      (/** @type {number} */ at) => this.#answer(at),
      () => this.#rest(),
    );
  }

  /** Wakes the planner up: its fields move, and it starts when the reader means to use it. */
  open() {
    this.#shown = this.fields.changes;
    this.fields.set(address.read(NAME));
    this.state.open();
    this.fields.listen(() => this.moved(), this.signal);
    dragPlan(
      this.map,
      (units, size) => this.#dragged(units, size),
      (held) => this.#hold(held),
      this.signal,
    );
    keepHeight(part(this.root, ".simulator-said"), this.signal);
    onIntent(this.root, () => void this.start(), this.signal);
    this.#followWidth();
    if (Object.keys(this.fields.changes).length > 0) this.moved();
  }

  /** Starts what computes, once; whether it could be started. */
  start() {
    this.#starting ??= this.#start();
    return this.#starting;
  }

  /** Starts again after a failure; if need be, on a newer page. */
  retry() {
    if (this.#isOutdated) return address.reload();
    this.moved();
  }

  /** A field has changed, or the plan was dragged. */
  moved() {
    this.#isMoved = true;
    this.announcer.cancel();
    this.simulation.forget();
    if (this.#started) this.submit(performance.now());
    else {
      this.root.dataset.stale = "";
      void this.start();
    }
  }

  /** Everything as the page opens. */
  reset() {
    this.fields.reset();
    this.moved();
  }

  /**
   * What Python answers to a question about the plan.
   *
   * @param {Record<string, unknown>} input
   * @param {AbortSignal} [signal]
   */
  ask(input, signal = this.signal) {
    const words = { ...this.data.labels.figure, ...this.fields.nouns };
    const request = { call: "answer", instrument: NAME, input: { words, ...input } };
    return python.call(request, { signal });
  }

  /**
   * What cannot be computed is not shown: the planner keeps what it shows, and says so.
   *
   * @param {unknown} error
   */
  fail(error) {
    if (this.signal.aborted) return;
    console.warn(`${NAME}:`, error);
    this.#started = false;
    this.#starting = null;
    this.simulation.stop();
    delete this.root.dataset.stale;
    const { sentence, stillTrue, remedy, isOutdated } = failure(error);
    this.#isOutdated = isOutdated;
    this.state.enter("failed", `${sentence}${stillTrue}`, remedy);
  }

  async #start() {
    this.state.enter("loading");
    const arrived = waiting(this.bar);
    try {
      await python.ready();
      this.#started = true;
      if (!this.signal.aborted) this.submit(performance.now());
      return true;
    } catch (error) {
      this.fail(error);
      return false;
    } finally {
      arrived();
    }
  }

  /** @param {number} at when what is asked was set */
  async #answer(at) {
    if (!this.#started || this.signal.aborted) return;
    if (this.#announced) this.state.enter("busy");
    const { values, changes } = this.fields;
    try {
      const sizes = [...new Set([shownSize(this.map), shownSize(this.curve)])];
      const reply = /** @type {PlanReply | ProblemReply} */ (
        await this.ask({ ask: "plan", values, sizes, held: this.#held })
      );
      const { problems = [] } = reply;
      this.fields.complain(problems);
      this.kept.hidden = problems.length === 0;
      delete this.root.dataset.stale;
      if (reply.problems) return;
      this.#shown = changes;
      address.write(NAME, changes);
      this.#show(reply);
      this.#tell("sim:result", {
        values,
        readouts: Object.fromEntries(
          Object.entries(reply.readouts).map(([name, { value }]) => [name, value]),
        ),
        milliseconds: performance.now() - at,
      });
    } catch (error) {
      this.fail(error);
    }
  }

  /** @param {PlanReply} reply */
  #show(reply) {
    const { labels } = this.data;
    const numbers = { ...texts(this.fields.nouns), ...texts(reply.said) };
    this.fields.show(reply);
    this.write(reply.readouts);
    show(this.verdict, labels.verdicts[reply.verdict] ?? "", numbers);
    showList(
      this.notes,
      reply.notes.map((note) => plain(labels.notes[note] ?? "", numbers)),
    );
    const sentences = reply.paragraph.map((key) => plain(labels.paragraph[key] ?? "", numbers));
    this.paragraph.textContent = sentences.join(labels.paragraph.join ?? " ");
    for (const said of /** @type {NodeListOf<HTMLElement>} */ (
      this.root.querySelectorAll("[data-phrase]")
    )) {
      said.textContent = plain(said.dataset.phrase ?? "", numbers);
    }
    this.#plans(reply);
    this.#figure(this.map, "map", reply, plain(labels.map.alt ?? "", numbers));
    this.#figure(this.curve, "curve", reply, plain(labels.curve.alt ?? "", numbers));
    draw(this.simulation.strip, reply.strip);
  }

  /**
   * @param {HTMLElement} chart
   * @param {"map" | "curve"} name
   * @param {PlanReply} reply
   * @param {string} alternative
   */
  #figure(chart, name, reply, alternative) {
    chart.setAttribute("aria-label", alternative);
    for (const [size, drawing] of Object.entries(reply.figures[name])) {
      const frame = chart.querySelector(`[data-size="${size}"]`);
      if (frame && drawing) draw(frame, drawing);
    }
  }

  /** @param {PlanReply} reply */
  #plans({ others }) {
    const { plans } = this.data.labels;
    const rows = others.map((one) => {
      const numbers = { ...texts(this.fields.nouns), ...texts(one) };
      const row = document.createElement("tr");
      const head = document.createElement("th");
      const name = document.createElement("span");
      head.scope = "row";
      name.textContent = plain(plans[one.name ?? ""] ?? "", numbers);
      head.append(plain(plans.times ?? "", numbers), " ", name);
      row.append(head);
      for (const [label, text] of [
        [plans.power, plain(plans.of_hundred ?? "", numbers)],
        [plans.cost, one.cost],
      ]) {
        const cell = row.insertCell();
        cell.dataset.label = label ?? "";
        cell.textContent = text ?? "";
      }
      row.dataset.plan = one.name ?? "";
      return row;
    });
    part(this.root, ".planner-plans tbody").replaceChildren(...rows);
  }

  /**
   * @param {number} units
   * @param {number} size
   */
  #dragged(units, size) {
    const { fields } = this;
    const solve = fields.text("solve");
    const even = fields.text("design") === "blocked" ? 2 * Math.round(units / 2) : units;
    const halves = fields.text("design") === "within" ? 2 * Math.round(size / 2) : size;
    const before = [fields.text("n_units"), fields.text("m")].join();
    fields.set({
      ...(solve === "units" ? {} : { n_units: String(Math.max(2, even)) }),
      ...(solve === "subunits" ? {} : { m: String(Math.max(1, halves)) }),
    });
    if ([fields.text("n_units"), fields.text("m")].join() !== before) this.moved();
  }

  /** @param {Ends | null} held */
  #hold(held) {
    this.#held = held;
    this.root.toggleAttribute("data-held", held !== null);
    if (!held) this.moved();
  }

  /** Another width may show the frames of another size, which are drawn when they are needed. */
  #followWidth() {
    let size = shownSize(this.map);
    const observer = new ResizeObserver(() => {
      const now = shownSize(this.map);
      if (now !== size && this.#started) this.submit(performance.now());
      size = now;
    });
    observer.observe(this.root);
    this.signal.addEventListener("abort", () => observer.disconnect());
  }

  /** Nothing runs and nothing waits. */
  #rest() {
    if (this.signal.aborted || !this.#started) return;
    this.state.enter("ready");
    if (this.#isMoved) this.announcer.settle(this.verdict.textContent ?? "");
    this.#isMoved = false;
    if (!this.#announced) this.#tell("sim:ready", {});
    this.#announced = true;
  }

  /** What the address says of the plan that is shown. */
  get shown() {
    return this.#shown;
  }

  /**
   * @param {string} name
   * @param {object} detail
   */
  #tell(name, detail) {
    this.root.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }
}
