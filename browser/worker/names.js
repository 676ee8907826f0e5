/** Files whose names say their version. A test compares them with what the build ships. */

export const STDLIB = "python_stdlib.zip.bin";
export const NUMPY = "numpy-2.0.2-cp312-cp312-pyodide_2024_0_wasm32.whl.bin";
