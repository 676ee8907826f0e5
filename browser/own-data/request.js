/** @import { Reading, Role, Roles, Table } from "./types.js" */

import { levels } from "./levels.js";

const ROLES = /** @type {Role[]} */ (["response", "treatment", "unit", "subunit", "block"]);

/** Roles without which nothing can be computed. */
const NEEDED = /** @type {Role[]} */ (["response", "treatment", "unit"]);

/**
 * Whether the roles are complete: three columns, no two of them the same.
 *
 * @param {Table} table
 * @param {Roles} roles
 */
export function complete(table, roles) {
  const given = ROLES.map((role) => roles[role]).filter((name) => name !== "");
  const response = table.columns.find(({ name }) => name === roles.response);
  return (
    NEEDED.every((role) => roles[role] !== "") &&
    new Set(given).size === given.length &&
    response?.kind === "number"
  );
}

/**
 * What Python is asked about a table: the columns that have a role, and what the reader decided.
 *
 * @param {Reading} reading
 * @param {Roles} roles
 * @param {Record<string, unknown>} settings
 */
export function request({ table, paired, roles: fixed }, roles, settings) {
  /** @type {Record<string, unknown>} */
  const columns = {};
  for (const role of ROLES) {
    const column = table.columns.find(({ name }) => name === roles[role]);
    if (!column) continue;
    if (role === "response") {
      columns[column.name] = column.numbers;
    } else {
      const { names, codes } = levels(column);
      columns[column.name] = { levels: names, codes: [...codes] };
    }
  }
  const isPaired = paired && roles.unit === fixed.unit && roles.treatment === fixed.treatment;
  return { columns, roles, paired: isPaired, ...settings };
}
