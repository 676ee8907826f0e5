const KEY = "language";

/** The languages of the site, by their folders. */
export const LANGUAGES = ["zh", "en"];

/** The language that the reader chose, here or on an earlier visit. */
export function chosenLanguage() {
  try {
    const language = localStorage.getItem(KEY);
    return language && LANGUAGES.includes(language) ? language : undefined;
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
  const language = tag.split("-")[0] ?? "";
  if (!LANGUAGES.includes(language)) return;
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // then she is asked again
  }
}
