import { chooseLanguage, chosenLanguage, preferred } from "./page/chosen-language.js";

/**
 * The choice of language. A reader who has chosen before, or whose browser prefers one that there
 * is, goes there at once; the choice leaves no entry in the history, so that Back leads out of the
 * site. With `#choose` in the address the choice stays. With one language there is nothing to
 * choose.
 */
const lifetime = new AbortController();
const homes = JSON.parse(document.currentScript?.dataset.homes ?? "{}");
const tags = Object.keys(homes);
const chosen = chosenLanguage();

const tag =
  tags.length === 1
    ? tags[0]
    : preferred([...(chosen ? [chosen] : []), ...navigator.languages], tags);
if (tag && (tags.length === 1 || location.hash !== "#choose")) location.replace(homes[tag]);

document.addEventListener(
  "click",
  ({ target }) => {
    const link = target instanceof Element ? target.closest("a") : null;
    if (link) chooseLanguage(link.hreflang);
  },
  { signal: lifetime.signal },
);
