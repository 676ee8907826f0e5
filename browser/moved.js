/** A page that has another name now: leads there, with all that the address says. */
const link = document.querySelector("main a");

if (link instanceof HTMLAnchorElement) {
  link.search = location.search;
  link.hash = location.hash || link.hash;
  location.replace(link.href);
}
