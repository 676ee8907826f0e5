/**
 * Marks, in the table of contents, the section that is being read and those that lie behind.
 *
 * @param {AbortSignal} signal
 */
export function followSections(signal) {
  const links = new Map(
    [
      .../** @type {NodeListOf<HTMLAnchorElement>} */ (
        document.querySelectorAll(".contents a[href^='#']")
      ),
    ].map((link) => [decodeURIComponent(link.hash.slice(1)), link]),
  );
  if (links.size === 0) return;
  let scheduled = false;
  const mark = () => {
    scheduled = false;
    const current = currentSection();
    let passed = links.has(current);
    for (const [id, link] of links) {
      if (id === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
      passed &&= id !== current;
      link.toggleAttribute("data-passed", passed);
    }
  };
  const schedule = () => {
    if (!scheduled) requestAnimationFrame(mark);
    scheduled = true;
  };
  addEventListener("scroll", schedule, { passive: true, signal });
  addEventListener("resize", schedule, { signal });
  mark();
}

/** The id of the section at the upper third of the window; empty above the first. */
export function currentSection() {
  const line = innerHeight / 3;
  const all = headings();
  const started = all.filter((heading) => heading.getBoundingClientRect().top <= line);
  const atEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
  const current = atEnd && started.length > 0 ? lastVisible(all) : started.at(-1);
  return current?.id ?? "";
}

/** @returns {HTMLElement[]} */
function headings() {
  return [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("main h2[id]"))];
}

/** @param {HTMLElement[]} all */
function lastVisible(all) {
  return all.filter((heading) => heading.getBoundingClientRect().top < innerHeight).at(-1);
}
