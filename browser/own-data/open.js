/** @import { Choices, Reading } from "./types.js" */

import { decode } from "./decode.js";
import { readGrid, readText } from "./read.js";
import { sniff } from "./sniff.js";

/**
 * Readers of rarer formats, fetched when such a file comes.
 *
 * @typedef {object} Readers
 * @property {() => Promise<typeof import("./workbook.js")>} workbook
 * @property {(html: string) => string[][]} html rows of the largest table
 */

/**
 * Reads a file, whatever its name says.
 *
 * @param {Uint8Array} bytes
 * @param {string} file its name
 * @param {Choices} choices
 * @param {Readers} readers
 * @returns {Promise<Reading>}
 * @throws {import("./errors.js").ReadError} if it is no table
 */
export async function open(bytes, file, choices, readers) {
  const kind = sniff(bytes);
  if (kind === "zip") return (await readers.workbook()).readZip(bytes, file, choices);
  if (kind === "text") return readText(bytes, file, choices);
  const { text, encoding } = decode(bytes, choices.language, choices.encoding);
  if (kind === "pzfx") return (await readers.workbook()).readPzfx(text, file, choices);
  const rows = readers.html(text);
  const grid = { rows, lines: rows.map((_, index) => index + 1) };
  return readGrid(grid, { kind: "html", file, encoding }, choices);
}
