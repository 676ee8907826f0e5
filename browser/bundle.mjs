/**
 * Bundles the scripts and the style sheet, once for a build.
 *
 * Reads an order from standard input:
 * `{root, out, entries: {name: path}, virtual: {"code.css": text}}`. Each entry becomes one file in
 * `out`, a script that any page can load from disk; fonts lie beside the style sheet. Writes the
 * paths of all files that it read to standard output, as JSON.
 */
import { readFileSync } from "node:fs";
import { build } from "esbuild";

/** @type {{root: string, out: string, entries: Record<string, string>, virtual: Record<string, string>}} */
const order = JSON.parse(readFileSync(0, "utf8"));

/** @type {import("esbuild").Plugin} */
const virtual = {
  name: "virtual",
  setup(building) {
    building.onResolve({ filter: /^\.\// }, ({ path }) => {
      const name = path.slice("./".length);
      return name in order.virtual ? { path: name, namespace: "virtual" } : undefined;
    });
    building.onLoad({ filter: /.*/, namespace: "virtual" }, ({ path }) => ({
      contents: order.virtual[path] ?? "",
      loader: "css",
    }));
  },
};

const built = build({
  absWorkingDir: order.root,
  entryPoints: order.entries,
  outdir: order.out,
  entryNames: "[name]",
  assetNames: "[name].[hash]",
  bundle: true,
  format: "iife",
  minify: true,
  charset: "utf8",
  target: ["es2022", "chrome123", "firefox121", "safari17.5", "ios17.5"],
  loader: { ".woff2": "file" },
  plugins: [virtual],
  metafile: true,
  logLevel: "warning",
});

built.then(
  ({ metafile }) => process.stdout.write(JSON.stringify(Object.keys(metafile.inputs))),
  () => process.exit(1), // what is wrong has been printed by then
);
