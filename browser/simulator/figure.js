/** @import { ChartData, Row, SimData, Table, VegaRuntime, VegaView, Written } from "../types.js" */

import { plain } from "./sentence.js";

/**
 * A chart that came as a picture and becomes live with its first data. The picture stays in its
 * place, unseen, and keeps the space: the live chart is as large as it, at every width.
 */
export class Figure {
  /** @type {VegaView | null} */
  #view = null;
  /** @type {Map<string, Row[]>} */
  #rows = new Map();
  #width = 0;
  #height = 0;
  /** @type {Promise<unknown>} */
  #drawn = Promise.resolve();

  /**
   * @param {HTMLElement} element
   * @param {ChartData} data
   * @param {AbortSignal} signal
   */
  constructor(element, data, signal) {
    this.element = element;
    this.data = data;
    this.signal = signal;
    this.tables = givenTables(data.spec);
  }

  /**
   * Draws everything but the data, unseen, so that less is to do when they come.
   *
   * @param {VegaRuntime} vega
   */
  async prepare(vega) {
    if (this.signal.aborted || this.#view) return;
    const view = this.#start(vega);
    this.#drawn = view.runAsync();
    await this.#drawn;
  }

  /**
   * @param {VegaRuntime} vega
   * @param {Record<string, Table>} tables
   * @param {Record<string, Written>} numbers
   */
  async show(vega, tables, numbers) {
    if (this.signal.aborted) return;
    const view = this.#view ?? this.#start(vega);
    for (const name of this.tables) {
      const table = tables[name];
      if (table)
        this.#rows.set(name, vega.fill(view, name, this.#rows.get(name) ?? [], rows(table)));
    }
    this.#drawn = this.#drawn.then(() => view.runAsync());
    await this.#drawn;
    if (this.signal.aborted) return;
    this.element.dataset.live = "";
    this.element.setAttribute("aria-label", plain(this.data.alt, numbers));
  }

  /** @param {VegaRuntime} vega */
  #start(vega) {
    const container = document.createElement("div");
    container.className = "chart-live";
    container.setAttribute("aria-hidden", "true");
    this.element.append(container);
    const view = vega.draw(this.data.spec, container, getComputedStyle(container).fontFamily);
    this.#view = view;
    this.#fit(view, container);
    const observer = new ResizeObserver(() => {
      if (this.#fit(view, container)) this.#drawn = this.#drawn.then(() => view.runAsync());
    });
    observer.observe(container);
    this.signal.addEventListener("abort", () => {
      observer.disconnect();
      view.finalize();
      container.remove();
      delete this.element.dataset.live;
    });
    return view;
  }

  /**
   * Gives the view the size of its place; whether that is a new one.
   *
   * @param {VegaView} view
   * @param {HTMLElement} container
   */
  #fit(view, container) {
    const [width, height] = [container.clientWidth, container.clientHeight];
    if (width === 0 || height === 0 || this.signal.aborted) return false;
    if (width === this.#width && height === this.#height) return false;
    this.#width = width;
    this.#height = height;
    view.width(width).height(height);
    return true;
  }
}

/**
 * The tables that a chart draws: data that have no source of their own.
 *
 * @param {Record<string, unknown>} spec
 */
function givenTables(spec) {
  const data = /** @type {Record<string, unknown>[]} */ (spec.data ?? []);
  return data
    .filter((entry) => !("source" in entry || "values" in entry || "url" in entry))
    .map((entry) => String(entry.name));
}

/**
 * @param {Table} table
 * @returns {Row[]}
 */
function rows(table) {
  const names = Object.keys(table);
  const columns = Object.values(table);
  return (columns[0] ?? []).map((_, index) =>
    Object.fromEntries(names.map((name, column) => [name, columns[column]?.[index]])),
  );
}

/**
 * The charts in a part of a panel.
 *
 * @param {Element} root
 * @param {SimData} data
 * @param {AbortSignal} signal
 */
export function figures(root, data, signal) {
  const elements = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-chart]")]);
  return elements.flatMap((element) => {
    const chart = data.charts[element.dataset.chart ?? ""];
    return chart ? [new Figure(element, chart, signal)] : [];
  });
}
