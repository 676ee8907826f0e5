/**
 * What a term means, or which work is cited, shown beside it while the reader points at it, has it
 * in focus or has tapped it once. A second tap follows the link, as a first one does where no
 * script runs.
 */

const LINKS = "a.term, a.citation";
const LINGER = 200;
const EDGE = 12;

/** @param {AbortSignal} signal */
export function offerGlances(signal) {
  if (!document.querySelector(LINKS)) return;
  const glance = new Glance();
  followPointer(glance, signal);
  followTaps(glance, signal);
  document.addEventListener(
    "focusin",
    ({ target }) => {
      const link = linkOf(target);
      if (link?.matches(":focus-visible")) glance.show(link);
    },
    { signal },
  );
  document.addEventListener("focusout", () => glance.hide(), { signal });
  document.addEventListener("keydown", ({ key }) => key === "Escape" && glance.hide(), { signal });
  addEventListener("resize", () => glance.hide(), { signal });
}

/**
 * @param {Glance} glance
 * @param {AbortSignal} signal
 */
function followPointer(glance, signal) {
  document.addEventListener(
    "pointerover",
    ({ target, pointerType }) => {
      if (pointerType === "touch") return;
      const link = linkOf(target);
      if (link) glance.show(link);
      else if (glance.holds(target)) glance.stay();
      else glance.leave();
    },
    { signal },
  );
}

/**
 * @param {Glance} glance
 * @param {AbortSignal} signal
 */
function followTaps(glance, signal) {
  let finger = false;
  /** @type {HTMLAnchorElement | null} */
  let open = null;
  document.addEventListener(
    "pointerdown",
    ({ target, pointerType }) => {
      finger = pointerType === "touch";
      open = glance.shown;
      if (!linkOf(target) && !glance.holds(target)) glance.hide();
    },
    { signal },
  );
  document.addEventListener(
    "click",
    (event) => {
      const link = linkOf(event.target);
      if (link && finger && link !== open && glance.show(link)) event.preventDefault();
      else if (link) glance.hide();
      finger = false;
    },
    { signal },
  );
}

/**
 * @param {EventTarget | null} target
 * @returns {HTMLAnchorElement | null}
 */
function linkOf(target) {
  return target instanceof Element ? target.closest(LINKS) : null;
}

class Glance {
  #box = document.createElement("div");
  /** @type {HTMLAnchorElement | null} */
  shown = null;
  #leaving = 0;

  constructor() {
    this.#box.className = "glance";
    this.#box.id = "glance";
    this.#box.role = "tooltip";
    this.#box.hidden = true;
    (document.querySelector("main") ?? document.body).append(this.#box);
  }

  /** @param {EventTarget | null} target */
  holds(target) {
    return target instanceof Node && this.#box.contains(target);
  }

  /**
   * @param {HTMLAnchorElement} link
   * @returns {boolean} Whether there is anything to show.
   */
  show(link) {
    this.stay();
    if (link === this.shown) return true;
    this.hide();
    const said = sayingOf(link);
    if (!said) return false;
    this.#box.replaceChildren(said);
    this.#box.hidden = false;
    this.shown = link;
    link.setAttribute("aria-describedby", this.#box.id);
    place(this.#box, link);
    return true;
  }

  hide() {
    this.stay();
    this.shown?.removeAttribute("aria-describedby");
    this.shown = null;
    this.#box.hidden = true;
  }

  stay() {
    clearTimeout(this.#leaving);
    this.#leaving = 0;
  }

  /** Hides it, unless the pointer comes back or reaches it in time. */
  leave() {
    if (this.shown && !this.#leaving && this.shown !== document.activeElement) {
      this.#leaving = setTimeout(() => this.hide(), LINGER);
    }
  }
}

/**
 * What a link stands for: its meaning, or the entry that it leads to, in this page's list or among
 * the works that another page lists.
 *
 * @param {HTMLAnchorElement} link
 * @returns {Node | null}
 */
function sayingOf(link) {
  if (link.dataset.means) return document.createTextNode(link.dataset.means);
  const id = link.hash.slice(1);
  const works = /** @type {HTMLTemplateElement | null} */ (document.querySelector(".works"));
  const entry = link.getAttribute("href")?.startsWith("#")
    ? document.getElementById(id)
    : works?.content.querySelector(`[data-ref="${CSS.escape(id)}"]`);
  return entry?.querySelector(":scope > span")?.cloneNode(true) ?? null;
}

/**
 * Below the link's last line, or above its first where there is no room below.
 *
 * @param {HTMLElement} box
 * @param {HTMLElement} link
 */
function place(box, link) {
  const lines = link.getClientRects();
  const first = lines[0];
  const last = lines[lines.length - 1];
  if (!first || !last) return;
  const width = document.documentElement.clientWidth;
  const left = Math.max(EDGE, Math.min(last.left, width - box.offsetWidth - EDGE));
  const below = last.bottom + box.offsetHeight + EDGE <= innerHeight;
  const top = below ? last.bottom : first.top - box.offsetHeight;
  box.style.setProperty("left", `${left + scrollX}px`);
  box.style.setProperty("top", `${top + scrollY}px`);
}
