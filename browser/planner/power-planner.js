/** @import { Table } from "../types.js" */
/** @import { PlannerData } from "./types.js" */

import { link } from "../page/address.js";
import { showFeedback } from "../page/button-feedback.js";
import { copyFor } from "../page/clipboard.js";
import { csv, save } from "../page/downloads.js";
import { part } from "../page/part.js";
import { drawing, png } from "../simulator/picture.js";
import { NAME, Planner } from "./planner.js";

/**
 * The planner on its page. It enhances what the build wrote: without it the page shows map, numbers
 * and sentence of the plan that it opens with.
 *
 * `data-state` and events are those of a simulator.
 */
export class PowerPlanner extends HTMLElement {
  /** @type {AbortController | null} */
  #lifetime = null;

  connectedCallback() {
    this.#lifetime = new AbortController();
    /** @type {PlannerData} */
    const data = JSON.parse(this.querySelector("script.planner-data")?.textContent ?? "");
    const planner = new Planner(this, data, this.#lifetime.signal);
    this.addEventListener(
      "click",
      (event) => {
        const button = event.target instanceof Element ? event.target.closest("button") : null;
        const action = ACTIONS[button?.dataset.action ?? ""];
        if (action && button) void perform(action, planner, button);
      },
      { signal: this.#lifetime.signal },
    );
    planner.open();
  }

  disconnectedCallback() {
    this.#lifetime?.abort();
  }
}

/** @typedef {(planner: Planner, button: HTMLElement) => void | Promise<void>} Action */

/** @type {Record<string, Action>} */
const ACTIONS = {
  simulate: ({ simulation }) => simulation.run(),
  stop: ({ simulation }) => simulation.stop(),
  reset: (planner) => planner.reset(),
  retry: (planner) => planner.retry(),
  "r-script": (planner) => saveScript(planner, "r", "R"),
  "python-script": (planner) => saveScript(planner, "python", "py"),
  toml: (planner) => saveScript(planner, "toml", "toml"),
  async csv(planner) {
    const reply = await planner.ask({ ask: "map", values: planner.fields.values });
    const { columns } = /** @type {{ columns?: Record<string, Table[string]> }} */ (reply);
    if (columns) save(new Blob([csv(columns)], { type: "text/csv" }), `${NAME}-map.csv`);
  },
  svg: ({ root }) => save(picture(root), `${NAME}.svg`),
  async png({ root, data }, button) {
    try {
      save(await png(picture(root)), `${NAME}.png`);
    } catch (error) {
      console.warn(`${NAME}:`, error);
      showFeedback(button, data.words.png_failed ?? "");
    }
  },
  "copy-link": ({ data }, button) => copyFor(button, link(NAME), data.words.copied),
  "copy-paragraph": ({ paragraph, data }, button) =>
    copyFor(button, paragraph.textContent ?? "", data.labels.take.copied),
};

/**
 * @param {Action} action
 * @param {Planner} planner
 * @param {HTMLElement} button
 */
async function perform(action, planner, button) {
  try {
    await action(planner, button);
  } catch (error) {
    planner.fail(error);
  }
}

/**
 * @param {Planner} planner
 * @param {string} kind
 * @param {string} ending
 */
async function saveScript(planner, kind, ending) {
  if (!(await planner.start())) return;
  const reply = await planner.ask({ ask: "scripts", values: planner.fields.values });
  const text = /** @type {Record<string, string>} */ (reply)[kind];
  if (text) save(new Blob([text], { type: "text/plain" }), `${NAME}.${ending}`);
}

/** @param {HTMLElement} root */
function picture(root) {
  const title = `${part(root, ".simulator-title").textContent} — ${link(NAME)}`;
  return drawing(part(root, ".planner-map"), title);
}
