/**
 * Bundles the scripts and the style sheet, once for a build.
 *
 * Reads an order from standard input:
 * `{root, out, entries: {name: path}, virtual: {"code.css": text}}`. Each entry becomes one file in
 * `out`, a script that any page can load from disk; fonts lie beside the style sheet. Writes the
 * paths of all files that it read and the npm packages that each entry contains, and those of the
 * fonts, to standard output: `{read, packages}`.
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

/**
 * The npm packages that have a share in each output, by the entry's name.
 *
 * @param {import("esbuild").Metafile["outputs"]} outputs
 */
function packages(outputs) {
  const names = new Map(
    Object.entries(order.entries).map(([name, path]) => [path.replace("./", ""), name]),
  );
  /** @type {Record<string, Set<string>>} */
  const found = { fonts: new Set() };
  for (const { entryPoint, inputs } of Object.values(outputs)) {
    const entry = names.get(entryPoint ?? "") ?? "fonts";
    const contained = found[entry] ?? new Set();
    found[entry] = contained;
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
      if (name && bytesInOutput) contained.add(name);
    }
  }
  return Object.fromEntries(Object.entries(found).map(([name, set]) => [name, [...set].sort()]));
}

built.then(
  ({ metafile }) => {
    const told = { read: Object.keys(metafile.inputs), packages: packages(metafile.outputs) };
    process.stdout.write(JSON.stringify(told));
  },
  () => process.exit(1), // what is wrong has been printed by then
);
