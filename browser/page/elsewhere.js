/**
 * A place that the page does not have leads to the page of its series that has it, with all that the
 * address says: so an address stays good when its section moves to another page.
 *
 * @param {AbortSignal} signal
 */
export function followElsewhere(signal) {
  const pages = /** @type {[string, string[]][]} */ (
    Object.entries(JSON.parse(document.querySelector("script.elsewhere")?.textContent ?? "{}"))
  );
  const follow = () => {
    const id = location.hash.slice(1);
    const page = pages.find(([, ids]) => ids.includes(id));
    if (page) location.replace(`${page[0]}${location.search}${location.hash}`);
  };
  follow();
  addEventListener("hashchange", follow, { signal });
}
