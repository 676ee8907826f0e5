/** @import { Table } from "../types.js" */

/**
 * A table as text with comma-separated values (RFC 4180).
 *
 * @param {Table} columns
 */
export function csv(columns) {
  const names = Object.keys(columns);
  const length = Object.values(columns)[0]?.length ?? 0;
  const lines = [names.map(field)];
  for (let row = 0; row < length; row++) {
    lines.push(names.map((name) => field(columns[name]?.[row] ?? "")));
  }
  return lines.map((line) => `${line.join(",")}\r\n`).join("");
}

/** @param {number | string} value */
function field(value) {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Hands a file to the reader.
 *
 * @param {Blob} blob
 * @param {string} name
 */
export function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
