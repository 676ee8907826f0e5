/** Files that came with the page: from disk there is nobody to ask. */

import { inflated } from "./inflate.js";

/**
 * Answers as `fetch` would.
 *
 * @param {Record<string, string>} files gzipped, in base64, by name
 * @returns {typeof fetch}
 */
export function fromPage(files) {
  return async (input) => {
    const name = new URL(String(input)).pathname.split("/").at(-1) ?? "";
    const text = files[name];
    if (text === undefined) return new Response(null, { status: 404 });
    return inflated(text, name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream");
  };
}
