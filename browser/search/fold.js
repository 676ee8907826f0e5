/**
 * Text as it is compared: without case, accents and width, and with one kind of hyphen and quote,
 * since readers type what their keyboards have.
 */

/** @type {Map<string, string>} */
const known = new Map();

/** @param {string} character */
function fold(character) {
  let made = known.get(character);
  if (made === undefined) {
    made = character
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .replace(/[\u2010-\u2015\u2212]/g, "-")
      .replace(/[\u2018\u2019]/g, "'")
      .replace(/[\u201c\u201d]/g, '"')
      .toLowerCase();
    known.set(character, made);
  }
  return made;
}

/** @param {string} text */
export function folded(text) {
  let made = "";
  for (const character of text) made += fold(character);
  return made;
}

/**
 * For each place of the folded text and its end, the place in the text that it comes from.
 *
 * @param {string} text
 */
export function origins(text) {
  /** @type {number[]} */
  const made = [];
  let place = 0;
  for (const character of text) {
    for (let index = fold(character).length; index > 0; index -= 1) made.push(place);
    place += character.length;
  }
  return [...made, place];
}

/**
 * What is looked for: every word of a query, once, and all of it as one phrase first.
 *
 * @param {string} query
 */
export function terms(query) {
  return [...new Set(folded(query).split(/\s+/).filter(Boolean))];
}
