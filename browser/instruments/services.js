import { waiting } from "../python/loading.js";
import { failure, python } from "../python/runtime.js";

/**
 * What an instrument's script gets of the page, so that there is one Python for all of it.
 */
export const services = {
  python,
  failure,
  waiting,

  /**
   * Where a script of the page's assets lies; "" if the page has none of that name.
   *
   * @param {string} name
   * @returns {string}
   */
  place(name) {
    const text = document.querySelector("#site-assets")?.textContent;
    return text ? (JSON.parse(text)[name] ?? "") : "";
  },
};

/** @typedef {typeof services} Services */
