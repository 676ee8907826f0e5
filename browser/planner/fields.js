/** @import { PlanReply, PlannerData, Problem, Words } from "./types.js" */

import { part } from "../page/part.js";
import { plain } from "../simulator/sentence.js";

/** What each question finds. */
const FOUND = /** @type {Record<string, string>} */ ({
  units: "n_units",
  subunits: "m",
  effect: "effect",
});

/** Two ways to say how much things vary: the one that was typed last counts. */
const PAIRS = { sds: ["sd_between", "sd_within"], total: ["sd_total", "icc"] };

/** Orders of magnitude from the middle of a slider to its ends. */
const REACH = 1;

/** The defaults of fields whose meaning depends on the outcome. */
const OPENS = /** @type {Record<string, Words>} */ ({
  normal: {},
  binary: { baseline: "0.3", effect: "1.2", sd_between: "0.5" },
  counts: { baseline: "5", effect: "0.7", sd_between: "0.4" },
});

/** The fields of the planner: what they say, and what has to be mended in them. */
export class Fields {
  /** @type {"sds" | "total"} */
  #pair = "sds";

  /**
   * @param {HTMLElement} root
   * @param {PlannerData} data
   */
  constructor(root, data) {
    this.root = root;
    this.labels = data.labels;
    this.defaults = data.example.values;
    /** @type {Map<string, HTMLInputElement | HTMLSelectElement>} */
    this.inputs = new Map();
    for (const input of /** @type {NodeListOf<HTMLInputElement | HTMLSelectElement>} */ (
      root.querySelectorAll("input[name], select[name]")
    )) {
      this.inputs.set(input.name, input);
    }
    this.sliders = /** @type {HTMLInputElement[]} */ ([
      ...root.querySelectorAll("[data-slider-of]"),
    ]);
  }

  /** @param {string} name */
  text(name) {
    return this.inputs.get(name)?.value ?? "";
  }

  /** What the page asks for: of the variances the pair that counts. */
  get values() {
    const left = PAIRS[this.#pair === "sds" ? "total" : "sds"];
    const normal = this.text("outcome") === "normal";
    const entries = [...this.inputs].map(([name, input]) => [name, input.value]);
    return /** @type {Words} */ (
      Object.fromEntries(
        entries.filter(([name = ""]) => name !== "nouns" && !(normal && left.includes(name))),
      )
    );
  }

  /** What differs from what the page opens with, and is not found by itself. */
  get changes() {
    const found = FOUND[this.text("solve")];
    return /** @type {Words} */ (
      Object.fromEntries(
        Object.entries({ ...this.values, nouns: this.text("nouns") }).filter(
          ([name, value]) => name !== found && value !== (this.defaults[name] ?? "mouse"),
        ),
      )
    );
  }

  /** The words for units and sub-units. */
  get nouns() {
    return this.labels.nouns[this.text("nouns")] ?? {};
  }

  /**
   * Sets fields; an option that there is not is left out.
   *
   * @param {Words} values
   */
  set(values) {
    for (const [name, value] of Object.entries(values)) this.#put(name, value);
    if ("sd_total" in values || "icc" in values) this.#pair = "total";
    this.follow();
  }

  reset() {
    this.#pair = "sds";
    this.set({ ...this.defaults, nouns: "mouse" });
  }

  /**
   * @param {() => void} changed
   * @param {AbortSignal} signal
   */
  listen(changed, signal) {
    this.root.addEventListener(
      "input",
      ({ target }) => {
        if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
        const name = target.name || (target.dataset.sliderOf ?? "");
        if (target.dataset.sliderOf) this.#slide(/** @type {HTMLInputElement} */ (target));
        if (PAIRS.total.includes(name)) this.#pair = "total";
        if (PAIRS.sds.includes(name)) this.#pair = "sds";
        if (name === "outcome") this.#open();
        this.follow();
        changed();
      },
      { signal },
    );
    this.root.addEventListener("keydown", (event) => this.#step(event), { signal });
  }

  /** Lets labels, sliders and what is shown at all follow the fields. */
  follow() {
    const outcome = this.text("outcome");
    for (const one of /** @type {NodeListOf<HTMLElement>} */ (
      this.root.querySelectorAll("[data-only]")
    )) {
      one.hidden = !one.dataset.only?.split(" ").includes(outcome);
    }
    this.#label("effect", outcome === "normal" ? "effect" : `effect_${outcome}`);
    if (outcome !== "normal") this.#label("baseline", `baseline_${outcome}`);
    const found = FOUND[this.text("solve")];
    for (const name of Object.values(FOUND)) {
      const input = this.inputs.get(name);
      if (input instanceof HTMLInputElement) input.readOnly = name === found;
    }
    for (const slider of this.sliders) this.#place(slider);
  }

  /**
   * Writes what was found, and the pair that follows the other.
   *
   * @param {PlanReply} reply
   */
  show({ values }) {
    const found = FOUND[this.text("solve")];
    const follow = PAIRS[this.#pair === "sds" ? "total" : "sds"];
    for (const name of found ? [found, ...follow] : follow) {
      const value = values[name];
      if (value !== undefined && value !== "") this.#put(name, value);
    }
    for (const slider of this.sliders) this.#place(slider);
  }

  /**
   * Says at each field what is wrong with it.
   *
   * @param {Problem[]} problems
   */
  complain(problems) {
    for (const [name, input] of this.inputs) {
      const problem = problems.find(({ field }) => field === name);
      const place = this.root.querySelector(`#planner-${name}-problem`);
      if (problem) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
      const said = problem ? this.#sentence(problem) : "";
      if (place && place.textContent !== said) place.textContent = said;
    }
    const hidden = problems.find(({ field }) => this.inputs.get(field)?.closest("details"));
    if (hidden) this.inputs.get(hidden.field)?.closest("details")?.setAttribute("open", "");
  }

  /** @param {Problem} problem */
  #sentence({ reason, bound }) {
    const numbers = { ...texts(this.nouns), bound: { text: bound } };
    return plain(this.labels.problems[reason] ?? reason, numbers);
  }

  /**
   * @param {string} name
   * @param {string} key
   */
  #label(name, key) {
    const label = part(this.root, `label[for="planner-${name}"] [data-phrase]`);
    const phrase = this.labels.controls[key] ?? "";
    label.dataset.phrase = phrase;
    label.textContent = plain(phrase, texts(this.nouns));
  }

  /** Another outcome has other scales: what was typed for the one means nothing to the other. */
  #open() {
    const opens = OPENS[this.text("outcome")] ?? {};
    const { effect = "", sd_between = "" } = this.defaults;
    for (const [name, value] of Object.entries({ effect, sd_between, ...opens })) {
      this.#put(name, value);
    }
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  #put(name, value) {
    const input = this.inputs.get(name);
    if (input instanceof HTMLSelectElement) {
      if ([...input.options].some((option) => option.value === value)) input.value = value;
    } else if (input && input.value !== value) {
      input.value = value;
    }
  }

  /** @param {HTMLInputElement} slider */
  #slide(slider) {
    const middle = Number(this.defaults[slider.dataset.sliderOf ?? ""]);
    const value = middle * 10 ** (Number(slider.value) * REACH);
    this.#put(slider.dataset.sliderOf ?? "", String(Number(value.toPrecision(2))));
  }

  /** @param {HTMLInputElement} slider */
  #place(slider) {
    const name = slider.dataset.sliderOf ?? "";
    const input = this.inputs.get(name);
    slider.disabled = input instanceof HTMLInputElement && input.readOnly;
    if (document.activeElement !== slider || !slider.matches(":active")) {
      const value = Number(this.text(name).replaceAll(",", ""));
      const at = Math.log10(Math.abs(value) / Number(this.defaults[name])) / REACH;
      slider.value = String(Number.isFinite(at) ? Math.min(Math.max(at, -1), 1) : -1);
    }
    slider.style.setProperty("--share", String((Number(slider.value) + 1) / 2));
  }

  /**
   * The arrow keys raise and lower a number by its last digit, as those of a number field do.
   *
   * @param {KeyboardEvent} event
   */
  #step(event) {
    const { target, key } = event;
    const up = { ArrowUp: 1, ArrowDown: -1 }[key];
    if (!up || !(target instanceof HTMLInputElement) || target.type !== "text") return;
    if (target.readOnly || !/^\d+(\.\d*)?$/.test(target.value)) return;
    event.preventDefault();
    const decimals = target.value.split(".")[1]?.length ?? 0;
    const next = Number(target.value) + (up * (event.shiftKey ? 10 : 1)) / 10 ** decimals;
    target.value = Math.max(next, 0).toFixed(decimals);
    target.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/**
 * Texts as sentences take them.
 *
 * @param {Words} words
 */
export function texts(words) {
  return Object.fromEntries(Object.entries(words).map(([name, text]) => [name, { text }]));
}
