/** @import { Written } from "../types.js" */

import { plain } from "../simulator/sentence.js";

/**
 * @typedef {object} About
 * @property {Record<string, Written>} numbers
 * @property {{ kind: string, stop: string | null, log: boolean, has_subunits: boolean,
 *   arms: { name: string, units: number, rows: number }[] }} design
 * @property {Record<string, string>} roles
 * @property {string} formula
 * @property {string[]} leftOut
 * @property {string} reason why nothing was tested
 * @property {{ rows: number }[]} units
 */

/**
 * The methods paragraph and the legend of the figure, from the sentences of one language.
 *
 * @param {Record<string, string>} words
 * @param {About} about
 */
export function paragraphs(words, about) {
  const { numbers, design, roles, formula, leftOut, units } = about;
  const say = (/** @type {string} */ name, /** @type {Record<string, string>} */ values = {}) =>
    plain(words[name] ?? "", { ...numbers, ...texts(values) });
  const arms = design.arms.map(({ name, units: n }) => say("arm", { arm: name, n: String(n) }));
  const sizes = units.map(({ rows }) => rows);
  const [reference, arm] = design.arms.map(({ name }) => name);
  const random = [...formula.matchAll(/\| (\w+)(?:\/(\w+))?\)/g)]
    .flatMap(([, first = "", second = ""]) => [first, second])
    .filter(Boolean)
    .map((role) => roles[role] ?? role)
    .join(", ");
  const values = {
    unit: roles.unit ?? "",
    treatment: roles.treatment ?? "",
    response: roles.response ?? "",
    arms: arms.join(", "),
    low: String(Math.min(...sizes)),
    high: String(Math.max(...sizes)),
    random,
    log: design.log ? (words.logged ?? "") : "",
    singular: numbers.sd_unit?.text === "0.00" ? (words.singular ?? "") : "",
    left_out: leftOut.length ? say("left_out", { units: leftOut.join(", ") }) : "",
    reason: about.reason,
    result: say(design.arms.length > 2 ? "result_more" : "result_two", {
      arm: arm ?? "",
      reference: reference ?? "",
    }),
  };
  const name = design.stop ? "untested" : formula === "" ? "plain" : design.kind;
  return [say(name, values), say("legend", values)].map((one) => one.replace(/ {2,}/g, " "));
}

/** @param {Record<string, string>} values */
function texts(values) {
  return Object.fromEntries(Object.entries(values).map(([name, text]) => [name, { text }]));
}
