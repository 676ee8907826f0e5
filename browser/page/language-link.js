import { CHANGED, flush, query } from "./address.js";
import { chooseLanguage } from "./chosen-language.js";
import { currentSection } from "./contents.js";

/**
 * The way to the other language keeps what the reader has before her: the simulators' values, the
 * section, and the place in it.
 */

const KEY = "place";

/** What says that the reader goes on by herself. */
const GOING_ON = ["wheel", "touchmove", "keydown", "pointerdown"];

/**
 * @typedef {{ path: string, hash: string, id: string, share: number }} Place
 * Where the reader is: after which landmark (none at the top of the page), and what share of the
 * way to the next one.
 */

/** @param {AbortSignal} signal */
export function followLanguage(signal) {
  const links = /** @type {NodeListOf<HTMLAnchorElement>} */ (
    document.querySelectorAll("a[hreflang]")
  );
  restore(signal);
  const update = () => {
    for (const link of links) point(link);
  };
  document.addEventListener(CHANGED, update, { signal });
  for (const link of links) {
    for (const event of ["pointerdown", "focus", "mouseenter"]) {
      link.addEventListener(event, () => leaveReady(link), { signal });
    }
    link.addEventListener(
      "click",
      ({ ctrlKey, metaKey, shiftKey }) => {
        leaveReady(link);
        const elsewhere = ctrlKey || metaKey || shiftKey;
        if (!elsewhere && remember(link)) link.hash = "";
        chooseLanguage(link.hreflang);
      },
      { signal },
    );
  }
  update();
}

/** @param {HTMLAnchorElement} link */
function leaveReady(link) {
  flush();
  point(link);
}

/** @param {HTMLAnchorElement} link */
function point(link) {
  const section = currentSection();
  link.search = query();
  link.hash = section ? `#${section}` : kept(location.hash);
}

/**
 * A fragment that names something in the text, since the other language has it too.
 *
 * @param {string} hash
 */
function kept(hash) {
  const id = CSS.escape(hash.slice(1));
  return id && document.querySelector(`main #${id}`) ? hash : "";
}

/**
 * Whether the place can be found again.
 *
 * @param {HTMLAnchorElement} link
 */
function remember(link) {
  const marks = landmarks();
  const index = marks.findLastIndex((mark) => top(mark) <= scrollY + 1);
  const mark = marks[index];
  /** @type {Place} */
  const place = {
    path: link.pathname,
    hash: link.hash,
    id: mark?.id ?? "",
    share: mark ? (scrollY - top(mark)) / length(marks, index) : 0,
  };
  try {
    sessionStorage.setItem(KEY, JSON.stringify(place));
    return true;
  } catch {
    return false; // then the section's heading has to do
  }
}

/** @param {AbortSignal} outer */
function restore(outer) {
  const place = taken();
  if (place?.path !== location.pathname) return;
  const marks = landmarks();
  const index = marks.findIndex((mark) => mark.id === place.id);
  const mark = marks[index];
  const go = () => {
    const offset = mark ? top(mark) + place.share * length(marks, index) : 0;
    scrollTo({ top: offset, behavior: "instant" });
  };
  const there = new AbortController();
  const signal = AbortSignal.any([outer, there.signal]);
  for (const event of GOING_ON) {
    addEventListener(event, () => there.abort(), { passive: true, signal });
  }
  const end = () => {
    if (!there.signal.aborted) go();
    there.abort();
    setTimeout(() => showSection(place.hash));
  };
  go();
  if (document.readyState === "complete") end();
  else addEventListener("load", end, { once: true, signal: outer });
}

/**
 * While a page loads, browsers scroll to what its address names, even if that came later.
 *
 * @param {string} hash
 */
function showSection(hash) {
  try {
    if (hash) history.replaceState(history.state, "", hash);
  } catch {
    // some browsers do not let a page opened from disk change its address
  }
}

/** @returns {Place | null} */
function taken() {
  try {
    const text = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

/** What both languages have in the same order: headings and simulators. */
function landmarks() {
  return [
    .../** @type {NodeListOf<HTMLElement>} */ (
      document.querySelectorAll("main :is(h1, h2, h3, sim-widget)[id]")
    ),
  ];
}

/** @param {Element} element */
function top(element) {
  return element.getBoundingClientRect().top + scrollY;
}

/**
 * @param {Element[]} marks
 * @param {number} index
 */
function length(marks, index) {
  const mark = /** @type {Element} */ (marks[index]);
  const next = marks[index + 1];
  const end = next ? top(next) : document.documentElement.scrollHeight;
  return Math.max(1, end - top(mark));
}
