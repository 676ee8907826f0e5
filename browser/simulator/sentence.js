/** @import { Written } from "../types.js" */

/**
 * Sentences with places for numbers: `{group.p}`, `{=group.p}` with its relation, `**bold**`.
 * `generator/simulators/sentence.py` reads the same little language at build time.
 */

const PLACE = /\{(=?)([^{}]*)\}/g;
const STRONG = /\*\*(.+?)\*\*/g;

/** A sign of relation, which no line may begin or end with. */
const RELATION = / ([<=>])[ \u00a0]/g;

/** How a number is written that there is not, as in `widgets/notation.py`. */
const MISSING = "—";
const ABSENT = "\ue000";

/** Both ends of an interval that there is not, and the word between them. */
const NO_INTERVAL = /\ue000\s*[^\s\ue000]{1,3}\s*\ue000/g;

/**
 * @param {string} sentence
 * @param {Record<string, Written>} numbers
 */
export function plain(sentence, numbers) {
  return filled(sentence, numbers).replace(STRONG, "$1");
}

/**
 * Shows a sentence in an element, and leaves the element alone if it shows it already: a screen
 * reader would read it again.
 *
 * @param {Element} element
 * @param {string} sentence
 * @param {Record<string, Written>} numbers
 */
export function show(element, sentence, numbers) {
  const text = filled(sentence, numbers);
  if (element.textContent !== text.replace(STRONG, "$1")) element.replaceChildren(...parts(text));
}

/**
 * @param {Element} list
 * @param {string[]} sentences
 */
export function showList(list, sentences) {
  const shown = [...list.children].map((item) => item.textContent);
  if (JSON.stringify(shown) === JSON.stringify(sentences)) return;
  const items = sentences.map((sentence) => {
    const item = document.createElement("li");
    item.textContent = sentence;
    return item;
  });
  list.replaceChildren(...items);
}

/**
 * @param {string} sentence
 * @param {Record<string, Written>} numbers
 */
function filled(sentence, numbers) {
  const text = sentence.replace(PLACE, (place, relation, name) => {
    const written = numbers[name];
    if (!written) return place;
    if (written.text === MISSING) return ABSENT;
    return relation && written.relation ? written.relation : written.text;
  });
  const complete = text.replace(NO_INTERVAL, MISSING).replaceAll(ABSENT, MISSING);
  return complete.replace(RELATION, "\u00a0$1\u00a0");
}

/** @param {string} text */
function parts(text) {
  return text.split(STRONG).map((part, index) => {
    if (index % 2 === 0) return document.createTextNode(part);
    const strong = document.createElement("strong");
    strong.textContent = part;
    return strong;
  });
}
