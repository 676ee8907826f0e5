/** @import { Decimal, Grid } from "./types.js" */

import Papa from "papaparse";
import { evidence, isMissing, number } from "./numbers.js";

const DELIMITERS = [",", ";", "\t", "|"];
const SAMPLE = 200;

/**
 * The rows of a delimited text; the delimiter is the one that gives rows of one width with columns
 * of numbers, whatever their decimal mark.
 *
 * @param {string} text
 * @returns {{ grid: Grid, delimiter: string }}
 */
export function parse(text) {
  const scores = DELIMITERS.map((delimiter) => score(rows(text, delimiter, SAMPLE)));
  const best = Math.max(...scores);
  const delimiter = best > 0 ? (DELIMITERS[scores.indexOf(best)] ?? ",") : ",";
  return { grid: lined(rows(text, delimiter)), delimiter };
}

/**
 * @param {string} text
 * @param {string} delimiter
 * @param {number} [preview]
 */
function rows(text, delimiter, preview = 0) {
  const { data } = Papa.parse(text, { delimiter, preview, skipEmptyLines: false });
  return /** @type {string[][]} */ (data);
}

/**
 * How good a table these rows are: rows of one width, numbers in columns, and a header as wide.
 *
 * @param {string[][]} all
 */
function score(all) {
  const filled = all.filter((row) => row.some((cell) => cell.trim() !== ""));
  const widths = filled.map((row) => row.length);
  const width = mode(widths);
  if (width < 2) return 0;
  const agree = widths.filter((one) => one === width).length / widths.length;
  const body = filled.slice(1).filter((row) => row.length === width);
  let columns = 0;
  for (let column = 0; column < width; column++) {
    const cells = body.map((row) => (row[column] ?? "").trim()).filter((cell) => !isMissing(cell));
    const read = (/** @type {Decimal} */ mark) => cells.filter((cell) => number(cell, mark)).length;
    if (cells.length > 0 && Math.max(read("."), read(",")) >= 0.9 * cells.length) columns++;
  }
  const header = widths[0] === width ? 1 : 0;
  return agree * (1 + 2 * header + (columns > 0 ? 2 : 0) + (columns + width) / 1000);
}

/** @param {number[]} values */
function mode(values) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const one of values) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || b - a)[0]?.[0] ?? 0;
}

/**
 * Rows with the numbers of their lines; a cell may span several.
 *
 * @param {string[][]} all
 * @returns {Grid}
 */
function lined(all) {
  let line = 1;
  const lines = all.map((row) => {
    const first = line;
    line += 1;
    for (const cell of row) {
      if (cell.includes("\n") || cell.includes("\r")) line += cell.split(/\r\n|\r|\n/).length - 1;
    }
    return first;
  });
  return { rows: all, lines };
}

/**
 * The decimal mark of these rows, and whether it has to be asked: where a whole column is like
 * `1,234` and nothing else tells.
 *
 * @param {string[][]} body
 * @param {string} delimiter
 * @returns {{ decimal: Decimal, asks: boolean }}
 */
export function decimalMark(body, delimiter) {
  const width = Math.max(0, ...body.slice(0, SAMPLE).map((row) => row.length));
  const step = Math.max(1, Math.floor(body.length / 2000));
  const sample = body.filter((_, row) => row % step === 0);
  const columns = Array.from({ length: width }, (_, k) => sample.map((row) => row[k] ?? ""));
  const { found, either } = evidence(columns);
  if (found["."] !== found[","]) {
    return { decimal: found["."] > found[","] ? "." : ",", asks: false };
  }
  if (either.has(",")) return { decimal: ",", asks: true };
  return { decimal: ".", asks: either.has(".") && delimiter === ";" };
}
