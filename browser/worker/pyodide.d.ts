/** What this project uses of Pyodide, which a classic worker finds in its global scope. */

import type { PyodideInterface } from "pyodide";

export interface FileSystem {
  mkdirTree(path: string): void;
  writeFile(path: string, content: Uint8Array): void;
}

export interface Options {
  indexURL: string;
  fsInit(files: FileSystem, info: { sitePackages: string }): Promise<void>;
}

declare global {
  function loadPyodide(options: Options): Promise<PyodideInterface>;
}
