/** @import { Choices, Decimal, Format, Grid, PrismTable, Reading } from "./types.js" */

import { strFromU8, unzipSync } from "fflate";
import readXlsxFile from "read-excel-file/universal";
import { Parser } from "saxen";
import { ReadError } from "./errors.js";
import { fromGroups, readGrid, readString } from "./read.js";

/**
 * Readers of rarer formats, which come with such a file: Excel's .xlsx, Prism's .pzfx and .prism.
 */

/**
 * A zip archive: a workbook, or a bundle of Prism.
 *
 * @param {Uint8Array} bytes
 * @param {string} file
 * @param {Choices} choices
 * @returns {Promise<Reading>}
 */
export async function readZip(bytes, file, choices) {
  /** @type {Record<string, Uint8Array>} */
  let entries;
  try {
    entries = unzipSync(bytes, {
      filter: ({ name }) => /\.json$|data\.csv$|^xl\/workbook/.test(name),
    });
  } catch {
    throw new ReadError("broken_zip");
  }
  if ("document.json" in entries) return readPrism(entries, file, choices);
  if ("xl/workbook.bin" in entries) throw new ReadError("old_office");
  if (!("xl/workbook.xml" in entries)) throw new ReadError("compressed");
  return readWorkbook(bytes, file, choices);
}

/**
 * @param {Uint8Array} bytes
 * @param {string} file
 * @param {Choices} choices
 */
async function readWorkbook(bytes, file, choices) {
  const buffer = /** @type {ArrayBuffer} */ (bytes.slice().buffer);
  let read;
  try {
    read = await readXlsxFile(buffer, {
      parseNumber: (/** @type {string} */ text) => text,
      trim: false,
    });
  } catch {
    throw new ReadError("broken_workbook");
  }
  const sheets = read.map(({ sheet }) => sheet);
  const grids = read.map(({ data }) => grid(/** @type {unknown[][]} */ (data)));
  const chosen = choices.sheet === undefined ? largest(grids) : sheets.indexOf(choices.sheet);
  const found = grids[Math.max(chosen, 0)];
  if (!found) throw new ReadError("empty_table");
  const known = {
    kind: /** @type {const} */ ("workbook"),
    file,
    sheet: sheets[Math.max(chosen, 0)] ?? "",
    sheets,
  };
  return readGrid(found, known, choices);
}

/** @param {Grid[]} grids */
function largest(grids) {
  const sizes = grids.map(({ rows }) => rows.flat().filter((cell) => cell !== "").length);
  return sizes.indexOf(Math.max(...sizes));
}

/**
 * @param {unknown[][]} data
 * @returns {Grid}
 */
function grid(data) {
  const rows = data.map((row) => row.map(printed));
  return { rows, lines: rows.map((_, index) => index + 1) };
}

/** @param {unknown} cell */
function printed(cell) {
  if (cell === null || cell === undefined) return "";
  if (cell instanceof Date) {
    const text = cell.toISOString();
    return text.endsWith("T00:00:00.000Z")
      ? text.slice(0, 10)
      : text.slice(0, 19).replace("T", " ");
  }
  return shortest(String(cell));
}

/**
 * A number as a sheet shows it: without what binary fractions add in the seventeenth digit.
 *
 * @param {string} text
 */
function shortest(text) {
  if (!/^-?\d*\.\d{12,}/.test(text)) return text;
  return String(Number(Number(text).toPrecision(15)));
}

/**
 * @param {Record<string, Uint8Array>} entries
 * @param {string} file
 * @param {Choices} choices
 */
function readPrism(entries, file, choices) {
  const json = (/** @type {string} */ name) => {
    const bytes = entries[name];
    return bytes ? JSON.parse(strFromU8(bytes)) : null;
  };
  const sheets = Object.keys(entries)
    .filter((name) => /^data\/sheets\/.*\/sheet\.json$/.test(name))
    .map(json)
    .filter((sheet) => sheet?.table?.uid && entries[`data/tables/${sheet.table.uid}/data.csv`]);
  const titles = sheets.map(({ title }) => String(title ?? ""));
  const place = Math.max(0, titles.indexOf(choices.sheet ?? titles[0] ?? ""));
  const sheet = sheets[place];
  if (!sheet) throw new ReadError("prism_without_table");
  const { uid, replicatesCount = 1, dataSets = [] } = sheet.table;
  const body = strFromU8(entries[`data/tables/${uid}/data.csv`] ?? new Uint8Array());
  const rows = body
    .split(/\r\n|\r|\n/)
    .filter((line, index, all) => line || index < all.length - 1);
  const cells = rows.map((line) =>
    line.split(",").map((cell) => cell.trim().replace(/^"(.*)"$/, "$1")),
  );
  const titled = dataSets.map((/** @type {string} */ one, /** @type {number} */ index) => {
    const found = json(`data/sets/${one}.json`)?.title;
    return String(found?.string ?? found ?? `Group ${index + 1}`);
  });
  const extra = (cells[0]?.length ?? 0) - titled.length * replicatesCount; // row titles, if any
  const groups = titled.map((/** @type {string} */ name, /** @type {number} */ index) => ({
    name,
    columns: Array.from({ length: replicatesCount }, (_, k) =>
      cells.map((row) => row[Math.max(extra, 0) + index * replicatesCount + k] ?? ""),
    ),
  }));
  return prismReading({ title: titles[place] ?? "", groups }, file, titles);
}

/**
 * A .pzfx file, which is XML.
 *
 * @param {string} text
 * @param {string} file
 * @param {Choices} choices
 * @returns {Reading}
 */
export function readPzfx(text, file, choices) {
  const tables = pzfxTables(text).filter(({ groups }) => groups.length > 0);
  const titles = tables.map(({ title }) => title);
  const found = tables[Math.max(0, titles.indexOf(choices.sheet ?? titles[0] ?? ""))];
  if (!found) throw new ReadError("prism_without_table");
  return prismReading(found, file, titles);
}

/**
 * @param {PrismTable} found
 * @param {string} file
 * @param {string[]} sheets
 */
function prismReading(found, file, sheets) {
  const groups = found.groups.map(({ name, columns }) => ({
    name,
    columns: columns
      .map((cells, index) => [`${name} ${index + 1}`, ...cells])
      .filter((cells) => cells.slice(1).some((cell) => cell.trim() !== "")),
  }));
  /** @type {Format} */
  const format = {
    kind: "prism",
    file,
    encoding: "utf-8",
    delimiter: "",
    decimal: ".",
    skipped: 0,
    hasHeader: true,
    sheet: found.title,
    sheets,
    layout: "nested",
  };
  return fromGroups(
    { title: found.title, groups: groups.filter(({ columns }) => columns.length) },
    format,
  );
}

/**
 * The tables of a .pzfx file; excluded values are left out.
 *
 * @param {string} text
 * @returns {PrismTable[]}
 */
function pzfxTables(text) {
  /** @type {PrismTable[]} */
  const tables = [];
  /** @type {string[]} */
  const path = [];
  let excluded = false;
  let said = "";
  const parser = new Parser();
  parser.on(
    "openTag",
    (/** @type {string} */ tag, /** @type {() => Record<string, string>} */ attributes) => {
      path.push(tag);
      if (tag === "Table" || tag === "HugeTable") tables.push({ title: "", groups: [] });
      if (tag === "YColumn") tables.at(-1)?.groups.push({ name: "", columns: [] });
      if (tag === "Subcolumn" && path.at(-2) === "YColumn")
        tables.at(-1)?.groups.at(-1)?.columns.push([]);
      if (tag === "d") [excluded, said] = [attributes().Excluded === "1", ""];
    },
  );
  parser.on(
    "text",
    (/** @type {string} */ given, /** @type {(text: string) => string} */ decode) => {
      const plain = decode(given);
      const table = tables.at(-1);
      if (path.includes("d")) said += plain;
      else if (path.includes("Title") && table) {
        if (path.includes("YColumn")) {
          const group = table.groups.at(-1);
          if (group) group.name = (group.name + plain).trim();
        } else if (!path.includes("Info")) table.title = (table.title + plain).trim();
      }
    },
  );
  parser.on("closeTag", (/** @type {string} */ tag) => {
    path.pop();
    if (tag === "d" && path.includes("YColumn")) {
      tables
        .at(-1)
        ?.groups.at(-1)
        ?.columns.at(-1)
        ?.push(excluded ? "" : said.trim());
    }
  });
  parser.on("error", () => {
    throw new ReadError("broken_prism");
  });
  parser.parse(text);
  return tables;
}

export { readGrid, readString };
