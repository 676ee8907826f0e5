/** Compounds taken apart, for when they never stand unbroken in a text. */

const HAN = /\p{Script=Han}+/u;
const RUNS = /\p{Script=Han}+|[^\p{Script=Han}]+/gu;

/**
 * The parts of a word: Chinese and other signs apart, Chinese in words.
 *
 * @param {string} word
 * @returns {string[]}
 */
export function parts(word) {
  const runs = word.match(RUNS) ?? [];
  return runs.flatMap((run) => (HAN.test(run) ? chinese(run) : [run]));
}

/**
 * Chinese words as the browser finds them; pairs of characters where it finds none.
 *
 * @param {string} run
 */
function chinese(run) {
  if (!("Segmenter" in Intl)) return pairs(run);
  const segments = new Intl.Segmenter("zh", { granularity: "word" }).segment(run);
  return Array.from(segments, ({ segment }) => segment);
}

/** @param {string} run */
function pairs(run) {
  const characters = [...run];
  const all = characters.slice(1).map((character, index) => `${characters[index]}${character}`);
  return all.length > 0 ? all : characters;
}
