/** @import { Choices, Decimal, Format, Grid, Layout, Message, PrismTable, Reading, Roles, Table } from "./types.js" */

import { decode } from "./decode.js";
import { decimalMark, parse } from "./delimited.js";
import { ReadError } from "./errors.js";
import { conditions, fromWide, hasTwoHeaders, MADE, nested, twoHeaders } from "./layout.js";
import { hasHeader, names, refuseWithoutNumbers, table, trimmed } from "./table.js";

/** @typedef {Partial<Format> & {kind: Format["kind"], file: string}} Known */

/**
 * A delimited text.
 *
 * @param {Uint8Array} bytes
 * @param {string} file
 * @param {Choices} choices
 * @returns {Reading}
 */
export function readText(bytes, file, choices) {
  const { text, encoding } = decode(bytes, choices.language, choices.encoding);
  return readString(text, { kind: "delimited", file, encoding }, choices);
}

/**
 * @param {string} text
 * @param {Known} known
 * @param {Choices} choices
 */
export function readString(text, known, choices) {
  const { grid, delimiter } = parse(text);
  return readGrid(grid, { ...known, delimiter }, choices);
}

/**
 * Rows of any kind of file.
 *
 * @param {Grid} all
 * @param {Known} known
 * @param {Choices} choices
 * @returns {Reading}
 */
export function readGrid(all, known, choices) {
  const { grid, skipped, ragged } = trimmed(all);
  const mark = decimalMark(grid.rows.slice(1), known.delimiter ?? "");
  const decimal = choices.decimal ?? mark.decimal;
  /** @type {Format} */
  const format = {
    encoding: "utf-8",
    delimiter: "",
    sheet: "",
    sheets: [],
    ...known,
    decimal,
    skipped,
    hasHeader: true,
    layout: "long",
  };
  const asksDecimal = mark.asks;
  const two = hasTwoHeaders(grid.rows, decimal);
  if (choices.layout ? choices.layout === "nested" && two : two) {
    return fromGroups(
      twoHeaders(grid.rows),
      { ...format, layout: "nested" },
      {
        asksDecimal,
        source: plain(grid, decimal),
      },
    );
  }
  const named = hasHeader(grid.rows, decimal);
  const header = names(named ? (grid.rows[0] ?? []) : (grid.rows[0] ?? []).map(() => ""));
  const body = named ? { rows: grid.rows.slice(1), lines: grid.lines.slice(1) } : grid;
  const { table: source, messages } = table(header, body, decimal);
  refuseWithoutNumbers(source.columns);
  if (!named) messages.push({ name: "no_header", values: {} });
  const reading = {
    format: { ...format, hasHeader: named },
    source,
    table: source,
    messages: [...ragged, ...messages],
    asksDecimal,
    roles: {},
    paired: false,
  };
  const chosen = conditions(source);
  return chosen.length > 0 && (choices.layout ?? "wide") === "wide"
    ? wide(reading, chosen, decimal)
    : reading;
}

/**
 * @param {Reading} reading
 * @param {import("./types.js").Column[]} chosen
 * @param {Decimal} decimal
 * @returns {Reading}
 */
function wide(reading, chosen, decimal) {
  const { table: made, unit, paired } = fromWide(reading.source, chosen, decimal);
  const roles = { response: MADE.response, treatment: MADE.treatment, unit };
  return { ...reading, format: { ...reading.format, layout: "wide" }, table: made, roles, paired };
}

/**
 * The reading of groups of columns, as Prism has them.
 *
 * @param {PrismTable} groups
 * @param {Format} format
 * @param {{ source?: Table, asksDecimal?: boolean, messages?: Message[] }} [more]
 * @returns {Reading}
 */
export function fromGroups(groups, format, { source, asksDecimal = false, messages = [] } = {}) {
  const made = nested(groups, format.decimal);
  if (made.length === 0) throw new ReadError("empty_table");
  return {
    format,
    source: source ?? made,
    table: made,
    messages,
    asksDecimal,
    roles: { ...MADE },
    paired: false,
  };
}

/**
 * A grid as it stands, its header rows included.
 *
 * @param {Grid} grid
 * @param {Decimal} decimal
 */
function plain(grid, decimal) {
  const width = grid.rows[0]?.length ?? 0;
  const header = names(
    Array.from({ length: width }, (_, k) => grid.rows[0]?.[k] || grid.rows[1]?.[k] || ""),
  );
  return table(header, { rows: grid.rows.slice(1), lines: grid.lines.slice(1) }, decimal).table;
}
