/** @import { Column } from "./types.js" */

/**
 * @typedef {object} Levels
 * @property {string[]} names in the order in which they come
 * @property {Int32Array} codes for each row the place of its level; -1 where it is missing
 * @property {number} size
 * @property {number} filled rows that are not missing
 */

/** @type {WeakMap<string[], Levels>} */
const known = new WeakMap();

/**
 * The levels of a column, counted once.
 *
 * @param {Column} column
 * @returns {Levels}
 */
export function levels({ cells }) {
  const found = known.get(cells) ?? counted(cells);
  known.set(cells, found);
  return found;
}

/**
 * @param {string[]} cells
 * @returns {Levels}
 */
function counted(cells) {
  /** @type {Map<string, number>} */
  const places = new Map();
  const codes = new Int32Array(cells.length);
  let filled = 0;
  cells.forEach((cell, row) => {
    if (cell === "") {
      codes[row] = -1;
      return;
    }
    const place = places.get(cell) ?? places.size;
    if (place === places.size) places.set(cell, place);
    codes[row] = place;
    filled++;
  });
  return { names: [...places.keys()], codes, size: places.size, filled };
}

/**
 * How the levels of one column lie in those of another, where both are there.
 *
 * @param {Levels} inner
 * @param {Levels} outer
 * @returns {{ pairs: number, shared: number }} pairs that there are, and levels of `inner` that
 *   several levels of `outer` have
 */
export function crossing(inner, outer) {
  /** @type {Set<number>} */
  const pairs = new Set();
  const counts = new Int32Array(inner.size);
  inner.codes.forEach((code, row) => {
    const other = outer.codes[row] ?? -1;
    if (code < 0 || other < 0) return;
    const pair = code * outer.size + other;
    if (pairs.has(pair)) return;
    pairs.add(pair);
    counts[code] = (counts[code] ?? 0) + 1;
  });
  return { pairs: pairs.size, shared: counts.filter((count) => count > 1).length };
}
