import { part } from "./part.js";

/** @typedef {import("../service/messages.d.ts").Progress} Progress */
/** @typedef {import("../service/messages.d.ts").Order} Order */

/** Milliseconds after the page has loaded, so that precaching does not compete with it. */
const LATER = 1500;

/** Milliseconds without a movement before the simulators are stored. */
const REST = 4000;

/** Milliseconds that a newer service worker is waited for before the page reloads anyhow. */
const PATIENCE = 3000;

/**
 * Registers the service worker, and tells in the page's footer that the site can be read offline,
 * how to store the simulators too, and that there is a newer version. Without service workers or
 * storage it stays hidden.
 */
export class OfflineNote extends HTMLElement {
  /** @type {AbortController | null} */
  #lifetime = null;
  #waiting = 0;
  #resting = 0;
  #moved = Number.NEGATIVE_INFINITY;
  #stored = false;

  connectedCallback() {
    if (!("serviceWorker" in navigator) || !location.protocol.startsWith("http")) return;
    this.#lifetime = new AbortController();
    const { signal } = this.#lifetime;
    if (document.readyState === "complete") this.#later();
    else addEventListener("load", () => this.#later(), { once: true, signal });
    this.addEventListener("click", (event) => this.#click(event), { signal });
    document.addEventListener("sim:result", () => this.#used(), { signal });
    document.addEventListener("visibilitychange", () => this.#turned(), { signal });
  }

  disconnectedCallback() {
    clearTimeout(this.#waiting);
    clearTimeout(this.#resting);
    this.#lifetime?.abort();
  }

  #later() {
    this.#waiting = window.setTimeout(() => void this.#begin(), LATER);
  }

  async #begin() {
    const moving = performance.now() - this.#moved < REST;
    if (moving || document.querySelector("[data-state=loading]")) return this.#later();
    try {
      const script = this.dataset.service ?? "";
      const registration = await navigator.serviceWorker.register(script, {
        updateViaCache: "none",
      });
      this.#watch(registration);
      await navigator.serviceWorker.ready;
      await this.#ask("status");
    } catch {
      // no service worker here: reading online goes on as before
    }
  }

  /** @param {ServiceWorkerRegistration} registration */
  #watch(registration) {
    const signal = this.#lifetime?.signal;
    if (!signal) return;
    const look = () => {
      if (registration.waiting && registration.active) this.#offer();
    };
    registration.addEventListener(
      "updatefound",
      () => registration.installing?.addEventListener("statechange", look, { signal }),
      { signal },
    );
    look();
  }

  #offer() {
    this.#say(this.dataset.update ?? "");
    this.#button("reload", true);
    this.#button("keep", false);
  }

  /** @param {Event} event */
  #click(event) {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (button?.dataset.action === "keep") this.#keep();
    if (button?.dataset.action === "reload") void this.#renew();
  }

  /**
   * Activates the newer service worker and reloads. Reloading alone shows the newest page too, and
   * ends what the newer one waits for.
   */
  async #renew() {
    const { active, waiting } = (await navigator.serviceWorker.getRegistration()) ?? {};
    const signal = this.#lifetime?.signal;
    if (!waiting || !signal) return location.reload();
    const clock = setTimeout(() => location.reload(), PATIENCE);
    waiting.addEventListener(
      "statechange",
      () => {
        if (waiting.state !== "activated") return;
        clearTimeout(clock);
        location.reload();
      },
      { signal },
    );
    active?.postMessage("abort");
    waiting.postMessage("activate");
  }

  /**
   * A reader who has used a simulator gets it stored for offline use, when she has stopped moving
   * controls or hides the page; most of its files are in the browser's cache already.
   */
  #used() {
    this.#moved = performance.now();
    if (this.#stored) return;
    clearTimeout(this.#resting);
    this.#resting = window.setTimeout(() => this.#keep(), REST);
  }

  #turned() {
    if (document.hidden && this.#resting) this.#keep();
  }

  #keep() {
    clearTimeout(this.#resting);
    this.#resting = 0;
    this.#stored = true;
    void this.#ask("store");
  }

  /** @param {Extract<Order, "status" | "store">} order */
  async #ask(order) {
    const { active } = await navigator.serviceWorker.ready;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => this.#report(data);
    active?.postMessage(order, [port2]);
  }

  /** @param {Progress} progress */
  #report(progress) {
    if (!part(this, "[data-action=reload]").hidden) return;
    const { available = "", kept = "", keeping = "" } = this.dataset;
    if ("share" in progress) {
      this.#say(keeping.replace("{share}", String(Math.round(progress.share * 100))));
    } else if ("stored" in progress) {
      this.#say(progress.stored ? kept : available);
    } else {
      this.#say(this.dataset[progress.failed] ?? "");
    }
    this.#button("keep", !("share" in progress) && !("stored" in progress && progress.stored));
  }

  /** @param {string} words */
  #say(words) {
    this.hidden = false;
    const status = part(this, "[role=status]");
    if (status.textContent !== words) status.textContent = words;
  }

  /**
   * @param {"keep" | "reload"} action
   * @param {boolean} shown
   */
  #button(action, shown) {
    const button = this.querySelector(`[data-action=${action}]`);
    button?.toggleAttribute("hidden", !shown);
  }
}
