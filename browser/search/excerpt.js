import { wanted } from "./find.js";
import { folded, origins, phrase } from "./fold.js";
import { parts } from "./segment.js";

const BEFORE = 36;
const LENGTH = 150;

/** @typedef {{ text: string, marked: boolean }} Piece */

/**
 * A text with every word of the query marked.
 *
 * @param {string} text
 * @param {string} query
 * @returns {Piece[]}
 */
export function marked(text, query) {
  const found = spans(text, query);
  /** @type {Piece[]} */
  const pieces = [];
  let end = 0;
  for (const [from, to] of found) {
    if (from > end) pieces.push({ text: text.slice(end, from), marked: false });
    pieces.push({ text: text.slice(from, to), marked: true });
    end = to;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), marked: false });
  return pieces;
}

/**
 * The part of a text around the first match, which is that of the whole phrase if it is there.
 *
 * @param {string} text
 * @param {string} query
 */
export function excerpt(text, query) {
  const start = first(text, query);
  const wide = /\p{Script=Han}/u.test(text) ? 2 : 1;
  const from = start <= BEFORE / wide ? 0 : wordEnd(text, Math.round(start - BEFORE / wide), start);
  const to = wordStart(text, from + LENGTH / wide, start);
  return `${from > 0 ? "…" : ""}${text.slice(from, to).trim()}${to < text.length ? "…" : ""}`;
}

/**
 * @param {string} text
 * @param {string} query
 */
function first(text, query) {
  const whole = folded(text);
  const words = standing(whole, query);
  const all = whole.indexOf(phrase(query));
  const [word = 0] = words.map((one) => whole.indexOf(one)).filter((place) => place >= 0);
  return origins(text)[all >= 0 ? all : word] ?? 0;
}

/**
 * Where the next word begins, if there is a gap between here and the match.
 *
 * @param {string} text
 * @param {number} place
 * @param {number} limit
 */
function wordEnd(text, place, limit) {
  const gap = text.indexOf(" ", place);
  return gap >= 0 && gap < limit && gap - place < BEFORE / 2 ? gap + 1 : whole(text, place);
}

/**
 * @param {string} text
 * @param {number} place
 * @param {number} limit
 */
function wordStart(text, place, limit) {
  if (place >= text.length) return text.length;
  const gap = text.lastIndexOf(" ", place);
  return gap > limit + BEFORE ? gap : whole(text, place);
}

/**
 * Not in the middle of a character.
 *
 * @param {string} text
 * @param {number} place
 */
function whole(text, place) {
  return /[\udc00-\udfff]/.test(text.charAt(place)) ? place - 1 : place;
}

/**
 * The words of a query that stand in a text, or the parts of those that do not.
 *
 * @param {string} whole
 * @param {string} query
 */
function standing(whole, query) {
  const words = wanted(query);
  return words.flatMap((word) => (whole.includes(word) ? [word] : parts(word)));
}

/**
 * Where the words stand, in order and without overlaps.
 *
 * @param {string} text
 * @param {string} query
 */
function spans(text, query) {
  const whole = folded(text);
  const from = origins(text);
  /** @type {[number, number][]} */
  const found = [];
  for (const word of standing(whole, query)) {
    for (let at = whole.indexOf(word); at >= 0; at = whole.indexOf(word, at + word.length)) {
      const last = from[at + word.length - 1] ?? 0;
      const end = from.find((place) => place > last) ?? text.length;
      found.push([from[at] ?? 0, end]);
    }
  }
  found.sort((one, other) => one[0] - other[0]);
  /** @type {[number, number][]} */
  const merged = [];
  for (const [start, end] of found) {
    const before = merged.at(-1);
    if (before && start <= before[1]) before[1] = Math.max(before[1], end);
    else merged.push([start, end]);
  }
  return merged;
}
