/** @import { Reading, Table } from "./types.js" */

const SHOWN = 8;
const WIDEST = 12;

/**
 * An element with its content; text is never markup.
 *
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string>} [attributes]
 * @param {(Node | string)[]} content
 */
export function element(tag, attributes = {}, ...content) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...content);
  return made;
}

/**
 * Gives a select these options; without any choice its label is hidden.
 *
 * @param {HTMLSelectElement} select
 * @param {[string, string][]} options value and text
 * @param {string} chosen
 */
export function offer(select, options, chosen) {
  select.replaceChildren(...options.map(([value, text]) => new Option(text, value)));
  select.value = chosen;
  const label = select.closest("label");
  if (label && select.closest(".own-reading")) label.hidden = options.length < 2;
}

/**
 * The first rows of a table, with the types of its columns.
 *
 * @param {Table} table
 * @param {Record<string, Record<string, string>>} labels
 */
export function preview({ columns, length }, labels) {
  const { columns: words = {} } = labels;
  const shown = columns.slice(0, WIDEST);
  const head = element("tr", {}, ...shown.map(({ name }) => element("th", { scope: "col" }, name)));
  const types = element(
    "tr",
    { class: "own-types" },
    ...shown.map(({ kind, unit }) => element("td", {}, `${words[kind] ?? kind} ${unit}`.trim())),
  );
  const rows = Array.from({ length: Math.min(SHOWN, length) }, (_, row) =>
    element("tr", {}, ...shown.map(({ cells }) => element("td", {}, cells[row] ?? ""))),
  );
  return element(
    "table",
    { class: "own-preview", translate: "no" },
    element("thead", {}, head),
    element("tbody", {}, types, ...rows),
  );
}

/**
 * A question with two answers.
 *
 * @param {string} name
 * @param {string} title
 * @param {[string, string][]} answers value and text
 * @param {string} given
 */
export function question(name, title, answers, given) {
  const options = answers.map(([value, text]) => {
    const input = element("input", { type: "radio", name: `own-${name}`, value });
    input.checked = value === given;
    return element("label", {}, input, ` ${text}`);
  });
  return element("fieldset", { "data-question": name }, element("legend", {}, title), ...options);
}

/**
 * A drawing that Python wrote, as an element of this page.
 *
 * @param {string} svg
 */
export function drawn(svg) {
  const made = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  return document.importNode(made, true);
}

/**
 * Shows a question; one that stands there already stays, with the focus that it may have.
 *
 * @param {Element} box
 * @param {HTMLFieldSetElement} asked
 */
export function ask(box, asked) {
  const before = box.querySelector(`[data-question=${asked.dataset.question}]`);
  if (before?.textContent !== asked.textContent) {
    if (before) before.replaceWith(asked);
    else box.append(asked);
    return;
  }
  const given = asked.querySelector("input:checked");
  for (const input of before.querySelectorAll("input")) {
    input.checked = given instanceof HTMLInputElement && input.value === given.value;
  }
}
