/** What this project uses of Pyodide, which a classic worker finds in its global scope. */

import type { PyodideInterface } from "pyodide";

declare global {
  function loadPyodide(options: { indexURL: string }): Promise<PyodideInterface>;
}
