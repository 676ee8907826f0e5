/** @import { Column, Decimal } from "./types.js" */

/** What stands in a cell in which there is nothing. */
const MISSING = new Set([
  "",
  "na",
  "n/a",
  "#n/a",
  "null",
  ".",
  "nan",
  "#div/0!",
  "#value!",
  "#ref!",
]);

/** What means nothing where numbers stand, but may be a label. */
const DASHES = new Set(["-", "–", "—", "--", "?"]);

const SPACES = /[\u0020\u00a0\u2009\u202f]/g;
const UNIT = "[%‰°µμΩÅa-zA-Z][a-zA-Z%µμΩ°/²³·^*0-9_-]{0,11}";

/** Share of the cells that have to be numbers in a column of numbers. */
const MOSTLY = 0.9;

/**
 * Numbers with this decimal mark. Thousands are allowed where every group has three digits.
 *
 * @param {Decimal} decimal
 */
function pattern(decimal) {
  const [point, comma] = decimal === "." ? ["\\.", ","] : [",", "\\."];
  const grouped = `[1-9]\\d{0,2}(?:(?:${comma}\\d{3})+|(?:['’]\\d{3})+|(?:[\\u0020\\u00a0\\u2009\\u202f]\\d{3})+)`;
  const digits = `(?:${grouped}|\\d+)`;
  return new RegExp(
    `^([+-]?)(${digits}(?:${point}\\d*)?|${point}\\d+)(e[+-]?\\d+)?[\\u0020\\u00a0]?(${UNIT})?$`,
    "i",
  );
}

const PATTERNS = { ".": pattern("."), ",": pattern(",") };

/** Whole numbers of one group of three digits, which either mark may have made. */
const EITHER = /^[+-]?[1-9]\d{0,2}([.,])\d{3}(?!\d)(?![.,])/;

/**
 * @param {string} cell
 */
export function isMissing(cell) {
  return MISSING.has(cell.trim().toLowerCase());
}

/** @param {string} cell */
function plain(cell) {
  return cell.trim().replace(/^[−–‒﹣－]/, "-");
}

/**
 * The number in a cell and the unit after it, or null.
 *
 * @param {string} cell
 * @param {Decimal} decimal
 */
export function number(cell, decimal) {
  const found = PATTERNS[decimal].exec(plain(cell));
  if (!found) return null;
  const [, sign = "", digits = "", exponent = "", unit = ""] = found;
  const thousands = decimal === "." ? /[,'’]/g : /[.'’]/g;
  const text = digits.replace(SPACES, "").replace(thousands, "").replace(",", ".");
  return { value: Number(`${sign}${text}${exponent}`), unit };
}

/**
 * A column of a table: numbers, if its cells are, else text.
 *
 * @param {string} name
 * @param {string[]} cells
 * @param {Decimal} decimal
 * @returns {{ column: Column, odd: number[] }} with the places of cells that are no numbers in a
 *   column of numbers
 */
export function typed(name, cells, decimal) {
  const printed = cells.map((cell) => (isMissing(cell) ? "" : cell.trim()));
  const filled = printed.filter((cell) => cell !== "" && !DASHES.has(cell));
  if (filled.length === 0 && printed.every((cell) => cell === "")) {
    return { column: { name, kind: "empty", cells: printed, numbers: null, unit: "" }, odd: [] };
  }
  const text = {
    name,
    kind: /** @type {const} */ ("text"),
    cells: printed,
    numbers: null,
    unit: "",
  };
  if (!mostlyNumbers(filled, decimal)) return { column: text, odd: [] };
  /** @type {Map<string, number>} */
  const units = new Map();
  const read = printed.map((cell) => (cell === "" ? null : number(cell, decimal)));
  for (const one of read) if (one) units.set(one.unit, (units.get(one.unit) ?? 0) + 1);
  const unit = [...units.keys()].find((one) => one !== "") ?? "";
  if (units.size > 2 || (units.size === 2 && !units.has(""))) return { column: text, odd: [] };
  const odd = printed.flatMap((cell, row) =>
    cell !== "" && !DASHES.has(cell) && !read[row] ? [row] : [],
  );
  const numbers = read.map((one) => (one && Number.isFinite(one.value) ? one.value : null));
  const kept = printed.map((cell, row) => (read[row] ? cell : ""));
  return { column: { name, kind: "number", cells: kept, numbers, unit }, odd };
}

/**
 * @param {string[]} filled
 * @param {Decimal} decimal
 */
export function mostlyNumbers(filled, decimal) {
  if (filled.length === 0) return false;
  const bad = (1 - MOSTLY) * filled.length;
  let others = 0;
  for (const cell of filled) if (!number(cell, decimal) && ++others > bad) return false;
  return true;
}

/**
 * What cells say of the decimal mark: how many can only be read with one of the two, and whether
 * a whole column is of numbers like `1,234`.
 *
 * @param {string[][]} columns samples of cells
 */
export function evidence(columns) {
  const found = { ".": 0, ",": 0 };
  /** @type {Set<string>} */
  const either = new Set();
  for (const cells of columns) {
    const filled = cells.map(plain).filter((cell) => cell !== "" && !isMissing(cell));
    const marked = filled.filter((cell) => /\d[.,]\d|^[.,]\d/.test(cell));
    const readable = marked.filter((cell) => number(cell, ".") ?? number(cell, ","));
    if (readable.length < MOSTLY * marked.length || marked.length === 0) continue;
    if (!mostlyNumbers(filled, ".") && !mostlyNumbers(filled, ",")) continue;
    let decided = false;
    for (const cell of readable) {
      const [point, comma] = [number(cell, "."), number(cell, ",")];
      if (point && !comma) found["."]++;
      if (comma && !point) found[","]++;
      if (!point !== !comma) decided = true;
    }
    if (!decided) either.add(EITHER.exec(readable[0] ?? "")?.[1] ?? "");
  }
  return { found, either };
}
