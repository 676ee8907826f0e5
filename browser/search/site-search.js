/** @import { Place } from "./find.js" */

import { flush } from "../page/address.js";
import { part } from "../page/part.js";
import { loadScript } from "../page/script.js";
import { textWithinReach } from "../python/disk.js";
import { find, places } from "./find.js";
import { learnVariants } from "./fold.js";
import { result } from "./results.js";

const SHOWN = 20;

/** The code of a key by which Safari ends a composition: the composition has ended by then. */
const COMPOSED = 229;

/**
 * The search over all pages of both languages. Its text comes as a script when the dialog is first
 * opened, since that is what a page opened from disk may load.
 */
export class SiteSearch extends HTMLElement {
  /** @type {AbortController | null} */
  #lifetime = null;
  /** @type {Promise<Place[]> | null} */
  #text = null;
  /** @type {EventTarget | null} */
  #pressed = null;

  connectedCallback() {
    this.#lifetime = new AbortController();
    const { signal } = this.#lifetime;
    this.hidden = false;
    part(this, ".search-open").addEventListener("click", () => this.#open(), { signal });
    part(this, ".search-close").addEventListener("click", () => this.#dialog.close(), { signal });
    const press = (/** @type {Event} */ { target }) => {
      this.#pressed = target;
    };
    this.#dialog.addEventListener("pointerdown", press, { signal });
    this.#dialog.addEventListener("click", (event) => this.#click(event), { signal });
    this.#dialog.addEventListener("keydown", (event) => this.#key(event), { signal });
    for (const event of ["input", "compositionend"]) {
      this.#input.addEventListener(event, () => void this.#search(), { signal });
    }
    document.addEventListener("keydown", (event) => this.#shortcut(event), { signal });
  }

  disconnectedCallback() {
    this.#lifetime?.abort();
  }

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (part(this, "dialog"));
  }

  get #input() {
    return /** @type {HTMLInputElement} */ (part(this, "input"));
  }

  get #links() {
    return /** @type {HTMLAnchorElement[]} */ ([...this.querySelectorAll("li > a")]);
  }

  #open() {
    if (this.#dialog.open) return;
    flush();
    this.#dialog.showModal();
    this.#input.focus();
    this.#input.select();
    void this.#search();
  }

  /**
   * A slash, or Control or Command and K.
   *
   * @param {KeyboardEvent} event
   */
  #shortcut(event) {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    const isSlash = key === "/" && !ctrlKey && !metaKey && !altKey;
    const isK = key.toLowerCase() === "k" && ctrlKey !== metaKey && !altKey && !shiftKey;
    if (!isSlash && !isK) return;
    if (event.defaultPrevented || isWriting(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    event.preventDefault();
    this.#open();
  }

  /**
   * A press that began in the dialog and ends beside it has marked a text.
   *
   * @param {MouseEvent} event
   */
  #click(event) {
    const target = /** @type {Element} */ (event.target);
    const beside = target === this.#dialog && target === this.#pressed;
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
    if (beside || (target.closest("a") && !elsewhere)) this.#dialog.close();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing || event.keyCode === COMPOSED) return;
    const links = this.#links;
    const stops = [this.#input, ...links];
    const here = stops.indexOf(/** @type {HTMLInputElement} */ (event.target));
    if (event.key === "Escape") {
      event.preventDefault();
      this.#dialog.close();
    } else if (event.key === "Enter" && here === 0) {
      event.preventDefault();
      links[0]?.click();
    } else if (here >= 0 && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      stops[here + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
    }
  }

  async #search() {
    this.#say(this.#text ? "" : (this.dataset.loading ?? ""));
    try {
      this.#text ??= this.#load();
      this.#show(await this.#text);
    } catch {
      this.#text = null;
      this.#say(this.dataset.failed ?? "");
    }
  }

  async #load() {
    await loadScript(await textWithinReach(this.dataset.script ?? ""));
    const pages = globalThis.siteText;
    if (!pages) throw new Error("what came is not the text of this site");
    globalThis.siteText = undefined;
    learnVariants(globalThis.siteVariants ?? "");
    return places(pages);
  }

  /** @param {Place[]} all */
  #show(all) {
    const query = this.#input.value.trim();
    const found = find(all, query);
    const { lang } = document.documentElement;
    const own = found.filter(({ page }) => page.language === lang);
    const other = found.filter(({ page }) => page.language !== lang);
    this.#group(".search-own", own, query);
    this.#group(".search-other", other, query);
    const { count = "", nothing = "" } = this.dataset;
    const sentence = found.length ? count : nothing;
    this.#say(query ? filled(sentence, { own: own.length, other: other.length, query }) : "");
  }

  /**
   * @param {string} selector
   * @param {Place[]} found
   * @param {string} query
   */
  #group(selector, found, query) {
    const root = this.dataset.root ?? "";
    const items = found.slice(0, SHOWN).map((place) => result(place, query, root));
    part(this, `${selector} ul`).replaceChildren(...items);
    part(this, selector).hidden = found.length === 0;
  }

  /** @param {string} text */
  #say(text) {
    part(this, ".search-said").textContent = text;
  }
}

/**
 * @param {string} sentence
 * @param {Record<string, string | number>} values
 */
function filled(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** @param {EventTarget | null} target */
function isWriting(target) {
  return target instanceof Element && target.matches(":read-write, select");
}
