/** @import { Column, Decimal, Grid, Layout, Message, PrismTable, Roles, Table } from "./types.js" */

import { levels } from "./levels.js";
import { isMissing, mostlyNumbers, number, typed } from "./numbers.js";

/** Names of the columns of a long table that was made of another one. */
export const MADE = { response: "value", treatment: "group", unit: "unit" };

const MOST_CONDITIONS = 12;
const MOST_ARMS = 8;

/**
 * Whether a grid has two header rows: groups, then units, and nothing but numbers below.
 *
 * @param {string[][]} rows
 * @param {Decimal} decimal
 */
export function hasTwoHeaders([first = [], second = [], ...body], decimal) {
  const named = first.filter((cell) => cell.trim() !== "");
  const groups = new Set(named).size;
  if (body.length === 0 || groups < 2 || (first[0] ?? "").trim() === "") return false;
  const units = second.every((cell) => cell.trim() !== "" && !isMissing(cell));
  if (!units || groups >= first.length || second.every((cell) => number(cell, decimal) && false)) {
    return false;
  }
  return second.every((_, k) => {
    const cells = body.map((row) => row[k] ?? "").filter((cell) => !isMissing(cell));
    return cells.length > 0 && mostlyNumbers(cells, decimal);
  });
}

/**
 * The long table of one with two header rows; an empty group goes on with the one before it.
 *
 * @param {string[][]} rows
 * @returns {PrismTable}
 */
export function twoHeaders([first = [], second = [], ...body]) {
  /** @type {PrismTable["groups"]} */
  const groups = [];
  let name = "";
  second.forEach((label, k) => {
    const own = (first[k] ?? "").trim();
    if (own !== "" && own !== name) groups.push({ name: own, columns: [] });
    name = own || name;
    groups.at(-1)?.columns.push([label.trim(), ...body.map((row) => row[k] ?? "")]);
  });
  return { title: "", groups };
}

/**
 * The long table of groups of columns, each column a unit whose label is its first cell.
 *
 * @param {PrismTable} from
 * @param {Decimal} decimal
 * @returns {Table}
 */
export function nested({ groups }, decimal) {
  /** @type {[string, string, string][]} */
  const rows = groups.flatMap(({ name, columns }) =>
    columns.flatMap(([label = "", ...cells]) =>
      cells
        .filter((cell) => !isMissing(cell))
        .map((cell) => /** @type {[string, string, string]} */ ([label, name, cell])),
    ),
  );
  return long(rows, [], decimal);
}

/**
 * The columns of a wide table that are conditions, if it is one: several columns of numbers and
 * none that could be the treatment.
 *
 * @param {Table} table
 * @returns {Column[]}
 */
export function conditions({ columns, length }) {
  const numeric = columns.filter(({ kind }) => kind === "number");
  const others = columns.filter(({ kind }) => kind === "text");
  if (others.some((column) => couldBeTreatment(column, length))) return [];
  const measures = numeric.filter((column) => !isCounter(column));
  if (measures.length < 2 || measures.length > MOST_CONDITIONS) return [];
  const whole = numeric.filter((column) => isCounter(column) || couldBeTreatment(column, length));
  if (whole.some((column) => couldBeTreatment(column, length))) return [];
  return alike(measures) ? measures : [];
}

/**
 * @param {Column} column
 * @param {number} length
 */
function couldBeTreatment(column, length) {
  const { size, filled } = levels(column);
  return size >= 2 && size <= MOST_ARMS && filled >= 2 * size && filled > length / 2;
}

/**
 * Whether a column only counts: 1, 2, 3 …
 *
 * @param {Column} column
 */
function isCounter({ numbers }) {
  const filled = (numbers ?? []).filter((one) => one !== null);
  return (
    filled.length > 1 &&
    Number.isInteger(filled[0]) &&
    filled.every((one, index) => one === (filled[0] ?? 0) + index)
  );
}

/**
 * Whether columns may be the same quantity: their medians are of one order of size.
 *
 * @param {Column[]} columns
 */
function alike(columns) {
  const middles = columns.map(({ numbers }) => {
    const sizes = (numbers ?? []).flatMap((one) => (one === null ? [] : [Math.abs(one)]));
    return sizes.sort((a, b) => a - b)[Math.floor(sizes.length / 2)] ?? 0;
  });
  const [low, high] = [Math.min(...middles), Math.max(...middles)];
  return high <= 10 * low || high === 0;
}

/**
 * The long table of a wide one: a row for each cell of its conditions.
 *
 * @param {Table} source
 * @param {Column[]} chosen
 * @param {Decimal} decimal
 * @returns {{ table: Table, unit: string, paired: boolean }}
 */
export function fromWide(source, chosen, decimal) {
  const others = source.columns.filter(
    (column) => !chosen.includes(column) && column.kind !== "empty",
  );
  const labels = others.find((column) => levels(column).filled === source.length);
  /** @type {[string, string, string][]} */
  const rows = [];
  /** @type {string[][]} */
  const kept = others.map(() => []);
  for (let row = 0; row < source.length; row++) {
    for (const { name, cells } of chosen) {
      if (cells[row] === "") continue;
      rows.push([labels?.cells[row] ?? String(row + 1), name, cells[row] ?? ""]);
      others.forEach(({ cells: own }, k) => {
        kept[k]?.push(own[row] ?? "");
      });
    }
  }
  const made = long(
    rows,
    others.map((column, k) => ({ ...column, cells: kept[k] ?? [] })),
    decimal,
  );
  if (!labels) return { table: made, unit: MADE.unit, paired: false };
  const columns = made.columns.filter(({ name }) => name !== MADE.unit);
  return { table: { ...made, columns }, unit: labels.name, paired: true };
}

/**
 * @param {[string, string, string][]} rows unit, treatment, response
 * @param {Column[]} others further columns, as long
 * @param {Decimal} decimal
 * @returns {Table}
 */
function long(rows, others, decimal) {
  const taken = new Set(others.map(({ name }) => name));
  const free = (/** @type {string} */ name) => (taken.has(name) ? `${name} (2)` : name);
  const made = [MADE.unit, MADE.treatment].map((name, k) => ({
    name: free(name),
    kind: /** @type {const} */ ("text"),
    cells: rows.map((row) => row[k] ?? ""),
    numbers: null,
    unit: "",
  }));
  const { column } = typed(
    free(MADE.response),
    rows.map(([, , cell]) => cell),
    decimal,
  );
  const further = others.map(({ name, cells }) => typed(name, cells, decimal).column);
  return { columns: [...further, ...made, column], length: rows.length };
}
