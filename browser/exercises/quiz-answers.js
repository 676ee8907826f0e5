/**
 * What the reader has answered, for as long as her tab is open: so the answers are there again in
 * the other language, whose questions bear the same ids.
 *
 * @typedef {{ first: string, last: string }} Answered
 *   The option that she chose first, which counts, and the one that is chosen now.
 */

const KEY = "quiz";
export const CHANGED = "quiz:changed";

/** @type {Record<string, Answered>} */
let answers = kept();

/**
 * @param {string} id
 * @returns {Answered | undefined}
 */
export function answered(id) {
  return answers[id];
}

/**
 * @param {string} id
 * @param {string} option
 */
export function answer(id, option) {
  answers = { ...answers, [id]: { first: answers[id]?.first ?? option, last: option } };
  keep();
  document.dispatchEvent(new Event(CHANGED));
}

/** Forgets the answers to these questions. */
export function clear(/** @type {string[]} */ ids) {
  answers = Object.fromEntries(Object.entries(answers).filter(([id]) => !ids.includes(id)));
  keep();
  document.dispatchEvent(new Event(CHANGED));
}

/**
 * Takes over what was answered on other pages, when the reader comes back to one that a browser has
 * kept as it was.
 *
 * @param {AbortSignal} signal
 */
export function followAnswers(signal) {
  addEventListener(
    "pageshow",
    ({ persisted }) => {
      if (!persisted) return;
      answers = kept();
      document.dispatchEvent(new Event(CHANGED));
    },
    { signal },
  );
}

/** @returns {Record<string, Answered>} */
function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
}

function keep() {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(answers));
  } catch {
    // then they last as long as the page
  }
}
