/** @import { Column, Message, Roles, Table } from "./types.js" */

import { crossing, levels } from "./levels.js";

/** What columns of each role are often called. */
const HINTS = {
  treatment:
    /treat|group|arm\b|condition|genotype|drug|dose|diet|exposure|stim|compound|construct|surgery|transfect|inject|medium|phase|light|food|strain|gruppe|behandlung|bedingung|處理|組別|组别|处理|藥物|药物|基因型|條件|条件|劑量/i,
  unit: /mouse|mice|animal|rat\b|subject|patient|donor|dish|well|fly|flies|fish|plate|cage|litter|culture|coverslip|embryo|worm|lung|organoid|tag\b|\bid\b|_id$|maus|tier\b|präparat|鼠|動物|动物|編號|编号|病人|患者|培養皿|供體|個體|受試/i,
  subunit: /slice|section|field|image|dendrite|neuron|region|切片|視野|视野|區域/i,
  block: /\bday\b|date|batch|block|session|\brun\b|experiment|operator|日期|批次|批號|實驗日|天/i,
  response:
    /value|response|signal|intensity|density|area|length|volume|rate|weight|count|score|latency|speed|amplitude|expr|level|frequency|數值|强度|強度|面積|長度|體積|電流|細胞數|细胞数|密度|重量/i,
};

const MOST_ARMS = 8;

/** @typedef {{ roles: Roles, reasons: Message[] }} Guess */

/**
 * Which column plays which role, as far as names and structure tell, and why.
 *
 * @param {Table} table
 * @param {Partial<Roles>} [fixed] roles that the layout decides
 * @returns {Guess}
 */
export function guess(table, fixed = {}) {
  /** @type {Roles} */
  const roles = { response: "", treatment: "", unit: "", subunit: "", block: "", ...fixed };
  /** @type {Message[]} */
  const reasons = [];
  const labels = table.columns.filter((column) => isLabel(column, table.length));
  const pair = best(labels, table, roles);
  if (pair) {
    roles.treatment ||= pair.treatment.name;
    roles.unit ||= pair.unit.name;
  }
  roles.response ||= responseOf(table, roles)?.name ?? "";
  const [treatment, unit] = [roles.treatment, roles.unit].map((name) =>
    table.columns.find((column) => column.name === name),
  );
  if (treatment && unit) {
    reasons.push(reason(treatment, unit));
    Object.assign(roles, further(labels, roles, treatment, unit, fixed));
  }
  return { roles, reasons };
}

/**
 * Text, or whole numbers that come again.
 *
 * @param {Column} column
 * @param {number} length
 */
function isLabel(column, length) {
  if (column.kind === "text") return true;
  if (column.kind !== "number") return false;
  return (
    (column.numbers ?? []).every((one) => one === null || Number.isInteger(one)) &&
    levels(column).size <= length / 2
  );
}

/**
 * @param {Column[]} labels
 * @param {Table} table
 * @param {Roles} roles
 */
function best(labels, table, roles) {
  const named = (/** @type {"treatment" | "unit"} */ role) =>
    roles[role] ? table.columns.filter(({ name }) => name === roles[role]) : labels;
  let found = null;
  let most = 0;
  for (const treatment of named("treatment")) {
    const arms = levels(treatment).size;
    if (arms < 2 || arms > MOST_ARMS) continue;
    for (const unit of named("unit")) {
      if (unit === treatment) continue;
      const score = plausibility(treatment, unit, table.length);
      if (score > most) [found, most] = [{ treatment, unit }, score];
    }
  }
  return found;
}

/**
 * @param {Column} treatment
 * @param {Column} unit
 * @param {number} length
 */
function plausibility(treatment, unit, length) {
  const [arms, units] = [levels(treatment), levels(unit)];
  if (units.size < arms.size) return 0;
  const { shared } = crossing(units, arms);
  const hinted =
    (HINTS.treatment.test(treatment.name) ? 3 : 0) + (HINTS.unit.test(unit.name) ? 3 : 0);
  const wrong =
    (HINTS.unit.test(treatment.name) ? 2 : 0) +
    (HINTS.treatment.test(unit.name) ? 2 : 0) +
    (HINTS.subunit.test(unit.name) && !HINTS.unit.test(unit.name) ? 2 : 0) +
    (HINTS.block.test(unit.name) ? 3 : 0) +
    (HINTS.block.test(treatment.name) ? 2 : 0);
  const structure =
    (shared === 0 ? 3 : shared === units.size ? 1 : 0) + (units.size > arms.size ? 1 : 0);
  const repeated = units.filled >= 2 * units.size ? 2 : 0;
  const text = (treatment.kind === "text" ? 1.5 : 0) + (unit.kind === "text" ? 0.5 : 0);
  const few = 1 / arms.size + (units.size <= length / 2 ? 0.2 : 0);
  return Math.max(0.1, 1 + hinted - wrong + structure + repeated + text + few);
}

/**
 * The column of numbers that is most like a measurement.
 *
 * @param {Table} table
 * @param {Roles} roles
 */
function responseOf(table, roles) {
  const taken = new Set(Object.values(roles));
  const numeric = table.columns.filter(({ kind, name }) => kind === "number" && !taken.has(name));
  const scored = numeric.map((column, place) => ({ column, score: measured(column, place) }));
  return scored.sort((a, b) => b.score - a.score)[0]?.column;
}

/**
 * @param {Column} column
 * @param {number} place
 */
function measured(column, place) {
  const broken = (column.numbers ?? []).some((one) => one !== null && !Number.isInteger(one));
  const hinted = HINTS.response.test(column.name) || /[([]/.test(column.name) || column.unit !== "";
  const label =
    HINTS.unit.test(column.name) ||
    HINTS.subunit.test(column.name) ||
    HINTS.block.test(column.name);
  return (broken ? 4 : 0) + (hinted ? 2 : 0) - (label ? 3 : 0) + place / 1000;
}

/**
 * Why a column is the unit.
 *
 * @param {Column} treatment
 * @param {Column} unit
 * @returns {Message}
 */
function reason(treatment, unit) {
  const [arms, units] = [levels(treatment), levels(unit)];
  const { shared } = crossing(units, arms);
  const name = shared === 0 ? "constant" : shared === units.size ? "crossed" : "partly";
  const sizes = new Int32Array(units.size);
  for (const code of units.codes) if (code >= 0) sizes[code] = (sizes[code] ?? 0) + 1;
  const values = {
    treatment: treatment.name,
    unit: unit.name,
    n: String(units.size),
    low: String(Math.min(...sizes)),
    high: String(Math.max(...sizes)),
    arms: arms.names.slice(0, MOST_ARMS).join(", "),
  };
  return { name, values };
}

/**
 * Sub-unit and block, which only names tell.
 *
 * @param {Column[]} labels
 * @param {Roles} roles
 * @param {Column} treatment
 * @param {Column} unit
 * @param {Partial<Roles>} fixed
 * @returns {Partial<Roles>}
 */
function further(labels, roles, treatment, unit, fixed) {
  const rest = labels.filter((one) => !Object.values(roles).includes(one.name));
  /** @type {Partial<Roles>} */
  const found = {};
  const units = levels(unit);
  const subunit = rest.find((one) => {
    const { pairs } = crossing(levels(one), units);
    return HINTS.subunit.test(one.name) && pairs > units.size && pairs <= units.filled / 2;
  });
  const block = rest.find(
    (one) =>
      one !== subunit &&
      HINTS.block.test(one.name) &&
      levels(one).size > 1 &&
      levels(one).filled === units.filled &&
      crossing(units, levels(one)).shared === 0 &&
      levels(one).size < units.size,
  );
  if (subunit && !fixed.subunit) found.subunit = subunit.name;
  if (block && !fixed.block && levels(treatment).size > 1) found.block = block.name;
  return found;
}
