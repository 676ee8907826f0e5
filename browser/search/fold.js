/**
 * Text as it is compared: without case, accents and width, with one kind of hyphen and quote and one
 * form of every Chinese character, since readers type what their keyboards have, and without spaces
 * around a sign: `n=3`, `(1|mouse)`.
 */

const SPACE_AT_SIGN = /((?<=[=<>|~+*])\s+|\s+(?=[=<>|~+*]))/u;

/** @type {Map<string, string>} */
const known = new Map();

/**
 * Lets characters be compared in their simplified form.
 *
 * @param {string} pairs every simplified character followed by its traditional form
 */
export function learnVariants(pairs) {
  const characters = [...pairs];
  for (let index = 0; index + 1 < characters.length; index += 2) {
    known.set(characters[index + 1] ?? "", characters[index] ?? "");
  }
}

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

/**
 * Every character of a text as it is compared, and the place in the text that it comes from.
 *
 * @param {string} text
 * @returns {Generator<[made: string, place: number], void>}
 */
function* folds(text) {
  let place = 0;
  for (const [index, part] of text.split(SPACE_AT_SIGN).entries()) {
    const isSpace = index % 2 === 1;
    for (const character of part) {
      yield [isSpace ? "" : fold(character), place];
      place += character.length;
    }
  }
}

/** @param {string} text */
export function folded(text) {
  let whole = "";
  for (const [made] of folds(text)) whole += made;
  return whole;
}

/**
 * For each place of the folded text and its end, the place in the text that it comes from.
 *
 * @param {string} text
 */
export function origins(text) {
  /** @type {number[]} */
  const places = [];
  for (const [made, place] of folds(text)) {
    for (let index = made.length; index > 0; index -= 1) places.push(place);
  }
  return [...places, text.length];
}

/**
 * What is looked for: every word of a query, once.
 *
 * @param {string} query
 */
export function terms(query) {
  return [...new Set(folded(query).split(/\s+/).filter(Boolean))];
}

/**
 * All of a query, which a text may hold as it stands.
 *
 * @param {string} query
 */
export function phrase(query) {
  return folded(query).trim().replace(/\s+/g, " ");
}
