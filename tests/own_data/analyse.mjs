/**
 * Reads files as the page does and prints, as JSON for each, what Python is asked, or the sentence
 * that refuses it; with `settled` also the scripts to take away. It reads
 * a list of `{path, language, roles, …}` from standard input.
 */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { ReadError } from "../../browser/own-data/errors.js";
import { tidy } from "../../browser/own-data/export.js";
import { open } from "../../browser/own-data/open.js";
import { complete, request } from "../../browser/own-data/request.js";
import { guess } from "../../browser/own-data/roles.js";
import { pythonScript, rScript } from "../../browser/own-data/scripts.js";

const readers = {
  workbook: () => import("../../browser/own-data/workbook.js"),
  /** @param {string} html */
  html: (html) =>
    [...html.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = ""]) =>
      [...row.matchAll(/<t[hd]>(.*?)<\/t[hd]>/gs)].map(([, cell = ""]) => cell),
    ),
};

/** @param {{ path: string, language: string, decimal?: "." | ",", roles?: object, settings?: object, settled?: import("../../browser/own-data/scripts.js").Settled }} asked */
async function read({ path, language, decimal, roles: given = {}, settings = {}, settled }) {
  try {
    const bytes = new Uint8Array(readFileSync(path));
    const choices = { language, ...(decimal && { decimal }) };
    const reading = await open(bytes, basename(path), choices, readers);
    const guessed = guess(reading.table, reading.roles);
    const roles = { ...guessed.roles, ...given };
    return {
      guessed: guessed.roles,
      reasons: guessed.reasons,
      format: reading.format,
      columns: reading.table.columns.map(({ name, kind }) => [name, kind]),
      messages: reading.messages,
      asksDecimal: reading.asksDecimal,
      complete: complete(reading.table, roles),
      request: request(reading, roles, settings),
      ...(settled && {
        r: rScript(reading, roles, settled),
        python: pythonScript(reading, roles, settled),
        tidy: tidy(reading.table),
      }),
    };
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    return { refused: error.sentence, values: error.values };
  }
}

const asked = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(await Promise.all(asked.map(read))));
