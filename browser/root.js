/**
 * The choice of language. A reader who has chosen before, or whose browser prefers one of the two,
 * goes there at once; the choice leaves no entry in the history, so that Back leads out of the
 * site. With `#choose` in the address the choice stays.
 */
const LANGUAGES = ["zh", "en"];

function chosenBefore() {
  try {
    return localStorage.getItem("language");
  } catch {
    return null; // storage is closed in some private windows
  }
}

/** @param {readonly string[]} tags */
function preferred(tags) {
  return tags.map((tag) => tag.split("-")[0] ?? "").find((code) => LANGUAGES.includes(code));
}

const before = chosenBefore();
const language = before && LANGUAGES.includes(before) ? before : preferred(navigator.languages);
if (language && location.hash !== "#choose") location.replace(`${language}/index.html`);
