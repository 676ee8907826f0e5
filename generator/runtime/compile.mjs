/**
 * Compile archives of Python modules and compress wheels, inside Pyodide.
 *
 * node compile.mjs JOBS.json, where JOBS is a list of {source, keep, target}: the archive to read,
 * the names of the entries to keep, the archive to write. A job without `keep` is a wheel to compress.
 */

import { readFileSync, writeFileSync } from "node:fs";
import process, { argv } from "node:process";
import { loadPyodide } from "pyodide";

/** @typedef {{source: string, keep?: string[], target: string}} Job */

// Without columns: only a traceback that has the source can point at them, and the source stays here.
const env = { PYTHONHASHSEED: "0", PYTHONNODEBUGRANGES: "1" };
const python = await loadPyodide({ env });
python.runPython(readFileSync(new URL("bytecode.py", import.meta.url), "utf8"));
const compiled = python.globals.get("compiled");
const deflated = python.globals.get("deflated");

try {
  for (const job of /** @type {Job[]} */ (JSON.parse(readFileSync(argv[2] ?? "", "utf8")))) {
    const archive = python.toPy(new Uint8Array(readFileSync(job.source))).tobytes();
    const bytes = job.keep ? compiled(archive, python.toPy(job.keep)) : deflated(archive);
    writeFileSync(job.target, bytes.toJs());
  }
} catch (error) {
  // Without this, Node would print the line of code that threw, which is a megabyte long.
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
