import { part } from "./part.js";

/** @typedef {import("../service/messages.d.ts").Kept} Kept */
/** @typedef {import("../service/messages.d.ts").Order} Order */

/** Reading comes first: what is kept for later is fetched when the page has long been there. */
const LATER = 1500;

/** So does moving a slider: nothing is kept before the reader has come to rest. */
const REST = 4000;

/** A newer build has to wait until the older one has answered all that pages ask of it. */
const PATIENCE = 3000;

/**
 * Lets the site be read offline, and says so in the foot of the page: that it can be, how to keep
 * the simulators too, and that there is a newer version. Where a browser has no service worker or
 * no storage, there is nothing to say.
 */
export class OfflineNote extends HTMLElement {
  /** @type {AbortController | null} */
  #lifetime = null;
  #waiting = 0;
  #resting = 0;
  #moved = Number.NEGATIVE_INFINITY;
  #kept = false;

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
      await this.#ask("ask");
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
   * Lets the newer build in, and shows it. A page that is loaded again gets what is newest anyhow,
   * and asks for nothing any more: that lets the newer build in too, should it wait for long.
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
    active?.postMessage("make way");
    waiting.postMessage("take over");
  }

  /**
   * Who has used a simulator will want to use it offline; its files are in the browser already.
   * They are kept when she has come to rest, or turns away.
   */
  #used() {
    this.#moved = performance.now();
    if (this.#kept) return;
    clearTimeout(this.#resting);
    this.#resting = window.setTimeout(() => this.#keep(), REST);
  }

  #turned() {
    if (document.hidden && this.#resting) this.#keep();
  }

  #keep() {
    clearTimeout(this.#resting);
    this.#resting = 0;
    this.#kept = true;
    void this.#ask("keep");
  }

  /** @param {Extract<Order, "ask" | "keep">} order */
  async #ask(order) {
    const { active } = await navigator.serviceWorker.ready;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => this.#hear(data);
    active?.postMessage(order, [port2]);
  }

  /** @param {Kept} news */
  #hear(news) {
    if (!part(this, "[data-action=reload]").hidden) return;
    const { available = "", kept = "", keeping = "" } = this.dataset;
    if ("share" in news) {
      this.#say(keeping.replace("{share}", String(Math.round(news.share * 100))));
    } else if ("kept" in news) {
      this.#say(news.kept ? kept : available);
    } else {
      this.#say(this.dataset[news.failed] ?? "");
    }
    this.#button("keep", !("share" in news) && !("kept" in news && news.kept));
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
