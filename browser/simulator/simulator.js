/** @import { SimData } from "../types.js" */

import { listen } from "./actions.js";
import { Panel } from "./panel.js";
import { offerScreen } from "./screen.js";

/**
 * A simulator on a page. It enhances what the build wrote: without it the panel shows figure,
 * numbers and sentence at the defaults.
 *
 * `data-state` is `static` until the reader means to use it, then `loading`, `ready` and `busy` by
 * turns, or `failed`. It fires `sim:ready` once, and `sim:result` for every answer shown, with
 * `{values, seed, readouts, milliseconds}`.
 */
export class SimWidget extends HTMLElement {
  /** @type {AbortController | null} */
  #lifetime = null;

  connectedCallback() {
    this.#lifetime = new AbortController();
    const text = this.querySelector("script.sim-data")?.textContent ?? "";
    /** @type {SimData} */
    const data = JSON.parse(text);
    const panel = new Panel(this, data, this.#lifetime.signal);
    listen(panel);
    offerScreen(panel);
    panel.open();
  }

  disconnectedCallback() {
    this.#lifetime?.abort();
  }
}
