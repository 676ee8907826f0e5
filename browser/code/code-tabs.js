/**
 * The same analysis in several languages, of which one is seen at a time. The build wrote all of
 * them below one another; here each gets a tab. Who chooses a language chooses it everywhere.
 */

const KEY = "code";
const CHOSEN = "code:chosen";
let count = 0;

export class CodeTabs extends HTMLElement {
  /** @type {AbortController | null} */
  #lifetime = null;
  /** @type {HTMLButtonElement[]} */
  #tabs = [];

  connectedCallback() {
    this.#lifetime = new AbortController();
    const { signal } = this.#lifetime;
    if (this.#tabs.length === 0) this.#equip();
    this.addEventListener("click", (event) => this.#click(event), { signal });
    this.addEventListener("keydown", (event) => this.#key(event), { signal });
    document.addEventListener(CHOSEN, () => this.#show(), { signal });
    this.#show();
  }

  disconnectedCallback() {
    this.#lifetime?.abort();
  }

  #equip() {
    const list = document.createElement("div");
    list.role = "tablist";
    list.setAttribute("aria-label", this.dataset.label ?? "");
    for (const script of /** @type {NodeListOf<HTMLElement>} */ (
      this.querySelectorAll(":scope > [data-language]")
    )) {
      this.#tabs.push(tab(script));
    }
    list.append(...this.#tabs);
    this.prepend(list);
  }

  /** @param {Event} event */
  #click(event) {
    const chosen = this.#tabs.find((one) => one === event.target);
    if (chosen) choose(chosen);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const index = this.#tabs.indexOf(/** @type {HTMLButtonElement} */ (event.target));
    const last = this.#tabs.length - 1;
    const next = {
      ArrowRight: index === last ? 0 : index + 1,
      ArrowLeft: index === 0 ? last : index - 1,
      Home: 0,
      End: last,
    }[event.key];
    const other = index < 0 || next === undefined ? undefined : this.#tabs[next];
    if (!other) return;
    event.preventDefault();
    choose(other);
    other.focus();
  }

  #show() {
    const name = chosen();
    const shown = this.#tabs.find((one) => one.textContent === name) ?? this.#tabs[0];
    for (const one of this.#tabs) {
      one.setAttribute("aria-selected", String(one === shown));
      one.tabIndex = one === shown ? 0 : -1;
      const panel = document.getElementById(one.getAttribute("aria-controls") ?? "");
      panel?.toggleAttribute("hidden", one !== shown);
    }
  }
}

/**
 * The tab of a script, which is wrapped into the panel that the tab shows: a figure with a caption
 * may have no role of its own.
 *
 * @param {HTMLElement} script
 */
function tab(script) {
  count += 1;
  const panel = document.createElement("div");
  script.replaceWith(panel);
  panel.append(script);
  const button = document.createElement("button");
  button.type = "button";
  button.role = "tab";
  button.id = `tab-${count}`;
  button.textContent = script.dataset.language ?? "";
  panel.id = `tab-panel-${count}`;
  panel.role = "tabpanel";
  panel.setAttribute("aria-labelledby", button.id);
  button.setAttribute("aria-controls", panel.id);
  return button;
}

/**
 * Shows this language everywhere, and leaves the tab that was pressed where it was on the screen.
 *
 * @param {HTMLElement} pressed
 */
function choose(pressed) {
  const before = pressed.getBoundingClientRect().top;
  remember(pressed.textContent ?? "");
  document.dispatchEvent(new Event(CHOSEN));
  scrollBy({ top: pressed.getBoundingClientRect().top - before, behavior: "instant" });
}

let last = "";

function chosen() {
  try {
    return sessionStorage.getItem(KEY) ?? last;
  } catch {
    return last;
  }
}

/** @param {string} name */
function remember(name) {
  last = name;
  try {
    sessionStorage.setItem(KEY, name);
  } catch {
    // then it lasts as long as the page
  }
}
