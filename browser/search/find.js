import { folded, phrase, terms } from "./fold.js";
import { parts } from "./segment.js";

/**
 * @typedef {[id: string, heading: string, text: string, code?: string]} SectionText
 * @typedef {{ language: string, path: string, title: string, sections: SectionText[] }} PageText
 * What the build wrote of a page; its path is empty where it stands in the file that is read.
 *
 * @typedef {{ page: PageText, id: string, heading: string, text: string, code: string,
 *   title: string, foldedHeading: string, foldedText: string, foldedCode: string }} Place
 * A section; the first of a page has the page's title for its heading.
 */

const TITLE = 100;
const HEADING = 30;
const WHOLE_HEADING = 50;
const PHRASE = 10;
const WHOLE_WORD = 2;
const TEXT = 1;
const CODE = 0.5;
/** Ids are English words for what a section is about. */
const ID = 5;

/** Words that say nothing of what is looked for. */
const STOP_WORDS = new Set(
  "a an and as by for in is of on or the to versus vs vs. with 與 与 和 的 或 跟 及".split(" "),
);

/**
 * @param {PageText[]} pages
 * @returns {Place[]}
 */
export function places(pages) {
  return pages.flatMap((page) => {
    const title = folded(page.title);
    return page.sections.map(([id, heading, text, code = ""]) => ({
      ...{ page, id, heading: heading || page.title, text, code, title },
      foldedHeading: folded(heading || page.title),
      foldedText: folded(text),
      foldedCode: folded(code),
    }));
  });
}

/**
 * What is looked for: every word of a query that says something.
 *
 * @param {string} query
 */
export function wanted(query) {
  const all = terms(query);
  const saying = all.filter((word) => !STOP_WORDS.has(word));
  return saying.length > 0 ? saying : all;
}

/** So many sections leave room for those that are found by parts. */
const FEW = 5;

/**
 * The sections in which every word of the query stands somewhere, the best first; if they are few,
 * then those in which the parts of its compounds do; if there are none, those with most of them.
 *
 * @param {Place[]} all
 * @param {string} query
 */
export function find(all, query) {
  const words = wanted(query);
  if (words.length === 0) return [];
  const whole = phrase(query);
  const found = ranked(all, words, whole, words.length);
  if (found.length >= FEW) return found;
  const pieces = [...new Set(words.flatMap(parts))];
  const pieced = [...new Set([...found, ...ranked(all, pieces, whole, pieces.length)])];
  if (pieced.length > 0 || pieces.length < 2) return pieced;
  return ranked(all, pieces, whole, Math.ceil(pieces.length / 2));
}

/**
 * The sections that have at least so many of the words, the best first.
 *
 * @param {Place[]} all
 * @param {string[]} words
 * @param {string} whole
 * @param {number} least
 */
function ranked(all, words, whole, least) {
  return all
    .map((place) => {
      const scores = words.map((word) => score(place, word)).filter((one) => one > 0);
      const sum = scores.reduce((before, one) => before + one, 0);
      return { place, found: scores.length, score: sum + bonus(place, whole) };
    })
    .filter(({ found }) => found >= least)
    .sort((one, other) => other.found - one.found || other.score - one.score)
    .map(({ place }) => place);
}

/**
 * How well a section answers to a word; zero if it does not.
 *
 * @param {Place} place
 * @param {string} word
 */
function score({ id, title, foldedHeading, foldedText, foldedCode }, word) {
  const inHeading = foldedHeading.includes(word);
  const inText = foldedText.includes(word);
  let sum = title.includes(word) || foldedCode.includes(word) ? CODE : 0;
  if (inHeading) sum += id ? HEADING : TITLE;
  if (inText) sum += TEXT + Math.min(often(foldedText, word), 9) / 10;
  if (sum > 0 && standsAlone(id, word)) sum += ID;
  if (standsAlone(foldedHeading, word)) sum += WHOLE_WORD;
  if (standsAlone(foldedText, word)) sum += WHOLE_WORD;
  return sum;
}

/**
 * @param {Place} place
 * @param {string} whole the query as one phrase
 */
function bonus({ foldedHeading, foldedText }, whole) {
  const isHeading = foldedHeading === whole ? WHOLE_HEADING : 0;
  const inHeading = foldedHeading.includes(whole) ? PHRASE : 0;
  return isHeading + inHeading + (foldedText.includes(whole) ? PHRASE : 0);
}

/**
 * @param {string} text
 * @param {string} word
 */
function often(text, word) {
  return text.split(word).length - 1;
}

/**
 * Whether a Latin word is not just a part of another; Chinese has no such bounds.
 *
 * @param {string} text
 * @param {string} word
 */
function standsAlone(text, word) {
  if (!/^[a-z0-9]+$/.test(word)) return false;
  return new RegExp(`(?<![a-z0-9])${word}(?![a-z0-9])`).test(text);
}
