/**
 * Python for Pyodide in Node, with a package that somebody else's site offers.
 *
 * node packages.mjs JSON, an object {lock, folder, load, install, modules, code}: the lock file, where
 * the wheels that it names lie, what `loadPackage` gets, what `micropip` gets, a folder that has
 * micropip, and the code whose value is printed.
 */

import process, { argv } from "node:process";
import { loadPyodide } from "pyodide";

const { lock, folder, load, install, modules, code } = JSON.parse(argv[2] ?? "");

try {
  const options = { packageCacheDir: folder, ...(lock && { lockFileURL: lock }) };
  const python = await loadPyodide(options);
  await python.loadPackage(load, { messageCallback: () => undefined });
  if (install) {
    python.mountNodeFS("/modules", modules);
    python.runPython("import sys; sys.path.append('/modules')");
    await python.pyimport("micropip").install(install);
  }
  console.log(python.runPython(code));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
