/** @import { Table } from "./types.js" */
/** @import { Answer } from "../types.js" */

/** Excel reads UTF-8 only behind this mark. */
const MARK = "\ufeff";

/**
 * A cell that a spreadsheet would run as a formula gets an apostrophe before it; what merely begins
 * with a sign, such as a genotype or a number, does not.
 *
 * @param {string} cell
 */
export function harmless(cell) {
  const runs = /^[=@\t\r]/.test(cell) || /^[+-].*[A-Za-z(|!]/s.test(cell);
  return runs && !isNumber(cell) ? `'${cell}` : cell;
}

/** @param {string} cell */
function isNumber(cell) {
  return cell.trim() !== "" && Number.isFinite(Number(cell));
}

/** @param {string} cell */
function field(cell) {
  const safe = harmless(cell);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * Rows as a file that spreadsheets open: with a byte order mark, commas and points.
 *
 * @param {string[][]} rows
 */
function csv(rows) {
  return MARK + rows.map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

/**
 * The long table, numbers with a decimal point.
 *
 * @param {Table} table
 */
export function tidy({ columns, length }) {
  const rows = [columns.map(({ name }) => name)];
  for (let row = 0; row < length; row++) {
    rows.push(
      columns.map(({ numbers, cells }) =>
        numbers ? String(numbers[row] ?? "") : (cells[row] ?? ""),
      ),
    );
  }
  return csv(rows);
}

/**
 * Every number of an answer, in full.
 *
 * @param {Record<string, Answer>} readouts
 */
export function results(readouts) {
  const rows = Object.entries(readouts).map(([name, { value }]) => [
    name,
    value === null ? "" : String(value),
  ]);
  return csv([["number", "value"], ...rows]);
}
