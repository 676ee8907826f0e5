/** @import { VegaRuntime } from "./types.js" */

import { changeset, transforms } from "vega-dataflow";
import * as encoding from "vega-encode";
import { expressionInterpreter } from "vega-interpreter";
import { parse } from "vega-parser";
import * as data from "vega-transforms";
import { View } from "vega-view";
import * as views from "vega-view-transforms";

/**
 * Vega, bundled once and loaded when a simulator starts: its core, without maps, forces and trees.
 * Expressions are interpreted, since the page's security policy lets no text become code.
 */
Object.assign(transforms, data, views, encoding);

/** @type {VegaRuntime} */
globalThis.vegaRuntime = {
  draw(spec, container, font) {
    const flow = parse(spec, { font }, { ast: true });
    const options = { expr: expressionInterpreter, renderer: "svg", hover: false, logLevel: 0 };
    return new View(flow, options).initialize(container);
  },

  fill(view, name, before, rows) {
    const kept = before.slice(0, rows.length);
    const now = new Map(kept.map((row, index) => [row, rows[index] ?? {}]));
    const change = changeset().remove(before.slice(kept.length)).insert(rows.slice(kept.length));
    for (const column of Object.keys(rows[0] ?? {})) {
      change.modify(
        (row) => now.has(row),
        column,
        (row) => now.get(row)?.[column],
      );
    }
    view.change(name, change);
    return [...kept, ...rows.slice(kept.length)];
  },
};
