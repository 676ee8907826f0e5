/** @import { Place } from "./find.js" */

import { query as settings } from "../page/address.js";
import { excerpt, marked } from "./excerpt.js";

/**
 * A line of the list: where it is, and the match in its sentence.
 *
 * @param {Place} place
 * @param {string} query
 * @param {string} root
 */
export function result(place, query, root) {
  const { page, id, heading, code } = place;
  const text = place.text || code;
  const link = document.createElement("a");
  const search = isHere(`${root}${page.path}`) ? settings() : "";
  const hash = id || page.path === "" ? `#${id}` : ""; // without a path it is in this very file
  link.setAttribute("href", `${root}${page.path}${search}${hash}`);
  link.lang = page.language;
  link.hreflang = page.language;
  if (id) link.append(line("search-page", page.title, ""));
  link.append(line("search-heading", heading, query));
  if (text) link.append(line("search-excerpt", excerpt(text, query), query));
  const item = document.createElement("li");
  item.append(link);
  return item;
}

/**
 * @param {string} name
 * @param {string} text
 * @param {string} query
 */
function line(name, text, query) {
  const made = document.createElement("span");
  made.className = name;
  for (const piece of marked(text, query)) {
    const mark = document.createElement("mark");
    mark.textContent = piece.text;
    made.append(piece.marked ? mark : piece.text);
  }
  return made;
}

/**
 * Whether this is the page itself, in either language: a reader who goes on in it keeps what she
 * has set.
 *
 * @param {string} url
 */
function isHere(url) {
  const { pathname } = new URL(url, location.href);
  const twin = /** @type {HTMLAnchorElement | null} */ (
    document.querySelector("header a[hreflang]")
  );
  return pathname === location.pathname || pathname === twin?.pathname;
}
