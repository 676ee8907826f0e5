/** @import { ControlData, Value, Values, Written } from "../types.js" */

const MINUS = "\u2212";

/**
 * The controls of one simulator: what they are set to, and what that is in words.
 */
export class Controls {
  /**
   * @param {HTMLElement} root
   * @param {ControlData[]} data
   */
  constructor(root, data) {
    this.controls = data.map((control) => new Control(root, control));
  }

  /** @returns {Values} */
  get values() {
    return Object.fromEntries(this.controls.map((control) => [control.name, control.value]));
  }

  /** The values that differ from the defaults. */
  get changes() {
    const changed = this.controls.filter((control) => control.value !== control.data.default);
    return /** @type {Values} */ (
      Object.fromEntries(changed.map((control) => [control.name, control.value]))
    );
  }

  /** @returns {Record<string, Written>} */
  get written() {
    return Object.fromEntries(
      this.controls.map((control) => [control.name, { text: control.text }]),
    );
  }

  /**
   * Sets controls; what a control does not allow is brought to the nearest value it allows, and
   * what makes no sense is left out.
   *
   * @param {Record<string, Value>} values
   */
  set(values) {
    for (const control of this.controls) {
      const value = values[control.name];
      if (value !== undefined) control.set(value);
    }
  }

  reset() {
    for (const control of this.controls) control.set(control.data.default);
  }

  /**
   * @param {() => void} changed
   * @param {AbortSignal} signal
   */
  listen(changed, signal) {
    for (const control of this.controls) control.listen(changed, signal);
  }
}

class Control {
  /**
   * @param {HTMLElement} root
   * @param {ControlData} data
   */
  constructor(root, data) {
    this.data = data;
    const input = root.querySelector(`[name="${data.name}"]`);
    if (!(input instanceof HTMLInputElement || input instanceof HTMLSelectElement)) {
      throw new Error(`${root.id} has no control called ${data.name}`);
    }
    this.input = input;
    this.output = root.querySelector(`[data-value-of="${input.id}"]`);
    /** @type {Value} */
    this.value = data.default;
    this.set(data.default);
  }

  get name() {
    return this.data.name;
  }

  /** The value as people read it; `generator/simulators/controls.py` writes it alike. */
  get text() {
    if (this.input instanceof HTMLSelectElement) {
      return this.input.selectedOptions[0]?.textContent ?? "";
    }
    if (this.data.kind === "seed") return String(this.value);
    const fixed = Number(this.value).toFixed(this.data.decimals);
    const [whole = "", fraction] = (Number(fixed) === 0 ? fixed.replace("-", "") : fixed).split(
      ".",
    );
    const grouped = whole.replace("-", MINUS).replace(/\B(?=(\d{3})+$)/g, ",");
    return fraction ? `${grouped}.${fraction}` : grouped;
  }

  /** @param {Value} value */
  set(value) {
    const allowed = this.#allowed(String(value).trim());
    if (allowed === null) return;
    this.input.value = allowed;
    this.#take();
  }

  /**
   * @param {() => void} changed
   * @param {AbortSignal} signal
   */
  listen(changed, signal) {
    const take = () => {
      if (this.input.validity.valid && this.input.value !== "" && this.#take()) changed();
    };
    this.input.addEventListener("input", take, { signal });
    this.input.addEventListener(
      "change",
      () => {
        const before = this.value;
        this.set(this.input.value);
        this.input.value = String(this.value);
        if (this.value !== before) changed();
      },
      { signal },
    );
  }

  /**
   * The value that the control takes for a text, or nothing if it makes no sense to it.
   *
   * @param {string} text
   */
  #allowed(text) {
    if (this.input instanceof HTMLSelectElement) {
      return [...this.input.options].some((option) => option.value === text) ? text : null;
    }
    const number = text === "" ? Number.NaN : Number(text);
    if (!Number.isFinite(number)) return null;
    const { min, max } = this.input;
    const clamped = Math.min(Math.max(number, Number(min)), Number(max));
    return String(this.data.kind === "seed" ? Math.round(clamped) : clamped);
  }

  /** Takes over what the input says; whether that is new. */
  #take() {
    const before = this.value;
    this.value =
      this.input instanceof HTMLSelectElement ? this.input.value : Number(this.input.value);
    if (this.output) this.output.textContent = this.text;
    if (this.data.kind === "slider") this.#mark();
    return this.value !== before;
  }

  /** Says the value with its unit, and how far along the slider it is. */
  #mark() {
    const { min, max } = /** @type {HTMLInputElement} */ (this.input);
    const share = (Number(this.value) - Number(min)) / (Number(max) - Number(min));
    this.input.setAttribute("aria-valuetext", `${this.text} ${this.data.unit}`.trim());
    this.input.style.setProperty("--share", String(share));
  }
}
