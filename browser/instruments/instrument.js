/** @import { Services } from "./services.js" */

import { loadScript } from "../page/script.js";
import { services } from "./services.js";

/**
 * An instrument on a page, whose script comes when the page has it: `data-script` names its entry
 * among the page's assets. Without it the page shows what the build wrote.
 *
 * @typedef {(root: HTMLElement, services: Services, signal: AbortSignal) => void} Connect
 */
export class InstrumentElement extends HTMLElement {
  /** @type {AbortController | null} */
  #lifetime = null;

  connectedCallback() {
    this.#lifetime = new AbortController();
    void this.#connect(this.#lifetime.signal);
  }

  disconnectedCallback() {
    this.#lifetime?.abort();
  }

  /** @param {AbortSignal} signal */
  async #connect(signal) {
    const name = this.localName;
    const place = services.place(name);
    if (!place) return;
    if (!globalThis.instruments?.[name]) await loadScript(place);
    if (!signal.aborted) globalThis.instruments?.[name]?.(this, services, signal);
  }
}
