import { chooseLanguage, chosenLanguage, LANGUAGES } from "./page/chosen-language.js";

/**
 * The choice of language. A reader who has chosen before, or whose browser prefers one of the two,
 * goes there at once; the choice leaves no entry in the history, so that Back leads out of the
 * site. With `#choose` in the address the choice stays.
 */
const lifetime = new AbortController();

/** @param {readonly string[]} tags */
function preferred(tags) {
  return tags.map((tag) => tag.split("-")[0] ?? "").find((code) => LANGUAGES.includes(code));
}

const language = chosenLanguage() ?? preferred(navigator.languages);
if (language && location.hash !== "#choose") location.replace(`${language}/index.html`);

document.addEventListener(
  "click",
  ({ target }) => {
    const link = target instanceof Element ? target.closest("a") : null;
    if (link) chooseLanguage(link.hreflang);
  },
  { signal: lifetime.signal },
);
