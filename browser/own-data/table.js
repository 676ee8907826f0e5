/** @import { Column, Decimal, Grid, Message, Table } from "./types.js" */

import { ReadError } from "./errors.js";
import { isMissing, number, typed } from "./numbers.js";

/** Line numbers that a message names. */
const NAMED = 5;

/**
 * The part of a grid that is a table: without empty rows and columns at its ends, and without lines
 * above the header that hold one cell only.
 *
 * @param {Grid} grid
 * @returns {{ grid: Grid, skipped: number, ragged: Message[] }}
 */
export function trimmed({ rows, lines }) {
  const kept = rows
    .map((row, index) => ({ row, line: lines[index] ?? 0 }))
    .filter(({ row }) => row.some((cell) => cell.trim() !== ""));
  if (kept.length === 0) throw new ReadError("empty_table");
  const counts = kept.map(({ row }) => row.filter((cell) => cell.trim() !== "").length);
  let skipped = 0;
  if (counts.some((count) => count > 1)) while ((counts[skipped] ?? 2) < 2) skipped++;
  const body = kept.slice(skipped);
  const ends = body.map(({ row }) => row.findLastIndex((cell) => cell.trim() !== "") + 1);
  const header = ends[0] ?? 0;
  const width = Math.max(header, common(ends));
  const ragged = body.filter(({ row }, index) => {
    const tooLong = (ends[index] ?? 0) > width;
    return tooLong || row.length < Math.min(width, header);
  });
  const full = body.map(({ row }) => Array.from({ length: width }, (_, k) => row[k] ?? ""));
  return {
    grid: { rows: full, lines: body.map(({ line }) => line) },
    skipped: (body[0]?.line ?? 1) - 1,
    ragged: ragged.length ? [raggedMessage(ragged, width)] : [],
  };
}

/**
 * @param {{ row: string[], line: number }[]} rows
 * @param {number} width
 * @returns {Message}
 */
function raggedMessage(rows, width) {
  const named = rows.slice(0, NAMED).map(({ line }) => line);
  const lines = named.join(", ") + (rows.length > NAMED ? ", …" : "");
  return {
    name: rows.length > 1 ? "ragged_lines" : "ragged_line",
    values: { lines, width: String(width) },
  };
}

/**
 * The greatest width that more than one row in twenty has.
 *
 * @param {number[]} ends
 */
function common(ends) {
  const sorted = [...ends].sort((a, b) => b - a);
  return sorted[Math.floor(sorted.length / 20)] ?? 0;
}

/**
 * Whether the first row names the columns: it has no number where numbers stand below.
 *
 * @param {string[][]} rows
 * @param {Decimal} decimal
 */
export function hasHeader(rows, decimal) {
  const [first = [], ...body] = rows;
  if (body.length === 0) return true;
  const numeric = first.map((_, k) => {
    const cells = body
      .slice(0, 50)
      .map((row) => row[k] ?? "")
      .filter((cell) => !isMissing(cell));
    return cells.length > 0 && cells.every((cell) => number(cell, decimal));
  });
  return !first.some((cell, k) => numeric[k] && number(cell, decimal));
}

/**
 * Names for columns: white space squeezed, numbered where one comes again or there is none.
 *
 * @param {string[]} header
 */
export function names(header) {
  /** @type {Set<string>} */
  const taken = new Set();
  return header.map((cell, index) => {
    const name = cell.replace(/\s+/g, " ").trim() || `Column ${index + 1}`;
    let free = name;
    for (let count = 2; taken.has(free); count++) free = `${name} (${count})`;
    taken.add(free);
    return free;
  });
}

/**
 * The table of these rows.
 *
 * @param {string[]} header names of the columns
 * @param {Grid} body
 * @param {Decimal} decimal
 * @returns {{ table: Table, messages: Message[] }}
 */
export function table(header, { rows, lines }, decimal) {
  /** @type {Message[]} */
  const messages = [];
  const columns = header.map((name, k) => {
    const { column, odd } = typed(
      name,
      rows.map((row) => row[k] ?? ""),
      decimal,
    );
    const [first] = odd;
    if (first !== undefined) {
      const cell = (rows[first]?.[k] ?? "").trim();
      const values = { column: name, cell, line: String(lines[first]), n: String(odd.length) };
      messages.push({ name: "not_numbers", values });
    }
    return column;
  });
  return { table: { columns, length: rows.length }, messages };
}

/**
 * A table without any number, or of one column, cannot be analysed.
 *
 * @param {Column[]} columns
 */
export function refuseWithoutNumbers(columns) {
  const filled = columns.filter(({ kind }) => kind !== "empty");
  const hasNumbers = filled.some(({ kind }) => kind === "number");
  if (!hasNumbers) throw new ReadError("no_numbers");
  if (filled.length < 2) throw new ReadError("one_column");
}
