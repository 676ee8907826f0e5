const KEY = "language";

/** The tag of the language that the reader chose, here or on an earlier visit. */
export function chosenLanguage() {
  try {
    return localStorage.getItem(KEY) ?? undefined;
  } catch {
    return undefined; // storage is closed in some private windows
  }
}

/**
 * Keeps the reader's choice for her next visit.
 *
 * @param {string} tag such as `zh-Hant-TW`
 */
export function chooseLanguage(tag) {
  try {
    localStorage.setItem(KEY, tag);
  } catch {
    // then she is asked again
  }
}

/**
 * The first wanted language that there is; of several scripts or regions, the one which shares most
 * subtags with it.
 *
 * @param {readonly string[]} wanted tags in the reader's order
 * @param {readonly string[]} known tags of the site's languages
 * @returns {string | undefined} one of `known`
 */
export function preferred(wanted, known) {
  for (const tag of wanted) {
    const shared = known.map((one) => common(subtags(one), subtags(tag)));
    const most = Math.max(...shared);
    if (most > 0) return known[shared.indexOf(most)];
  }
  return undefined;
}

/** @param {string} tag */
function subtags(tag) {
  return tag.toLowerCase().split("-");
}

/**
 * How many subtags two tags of the same language share; 0 of different languages.
 *
 * @param {string[]} one
 * @param {string[]} other
 */
function common(one, other) {
  return one[0] === other[0] ? one.filter((subtag) => other.includes(subtag)).length : 0;
}
