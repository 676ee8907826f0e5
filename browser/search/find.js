import { folded, phrase, terms } from "./fold.js";

/**
 * @typedef {[id: string, heading: string, text: string]} SectionText
 * @typedef {{ language: string, path: string, title: string, sections: SectionText[] }} PageText
 * What the build wrote of a page.
 *
 * @typedef {{ page: PageText, id: string, heading: string, text: string, title: string,
 *   foldedHeading: string, foldedText: string }} Place
 * A section; the first of a page has the page's title for its heading.
 */

const TITLE = 100;
const HEADING = 30;
const PHRASE = 10;
const WHOLE_WORD = 2;
/** Ids are English words for what a section is about. */
const ID = 5;

/**
 * @param {PageText[]} pages
 * @returns {Place[]}
 */
export function places(pages) {
  return pages.flatMap((page) => {
    const title = folded(page.title);
    return page.sections.map(([id, heading, text]) => ({
      ...{ page, id, heading: heading || page.title, text, title },
      foldedHeading: folded(heading || page.title),
      foldedText: folded(text),
    }));
  });
}

/**
 * The sections in which every word of the query stands somewhere, the best first.
 *
 * @param {Place[]} all
 * @param {string} query
 */
export function find(all, query) {
  const words = terms(query);
  if (words.length === 0) return [];
  const whole = words.length > 1 ? phrase(query) : "";
  return all
    .map((place) => ({ place, score: score(place, words) + bonus(place, whole) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .map(({ place }) => place);
}

/**
 * @param {Place} place
 * @param {string[]} words
 */
function score(place, words) {
  let sum = 0;
  for (const word of words) {
    const inHeading = place.foldedHeading.includes(word);
    const inText = place.foldedText.includes(word);
    if (!inHeading && !inText && !place.title.includes(word)) return Number.NEGATIVE_INFINITY;
    if (inHeading) sum += place.id ? HEADING : TITLE;
    if (inText) sum += 1 + Math.min(often(place.foldedText, word), 9) / 10;
    if (standsAlone(place.id, word)) sum += ID;
    if (standsAlone(place.foldedHeading, word)) sum += WHOLE_WORD;
    if (standsAlone(place.foldedText, word)) sum += WHOLE_WORD;
  }
  return sum;
}

/**
 * @param {Place} place
 * @param {string} whole the query as one phrase; empty if it is a single word
 */
function bonus(place, whole) {
  if (!whole) return 0;
  const inHeading = place.foldedHeading.includes(whole) ? PHRASE : 0;
  return inHeading + (place.foldedText.includes(whole) ? PHRASE : 0);
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
