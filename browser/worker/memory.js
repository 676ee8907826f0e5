/** Answer every fetch from files that came with the page: from disk there is nothing to ask. */

import { inflated } from "./inflate.js";

/** @param {Record<string, string>} files gzipped, in base64, by name */
export function answerFromPage(files) {
  self.fetch = async (input) => {
    const name = new URL(String(input)).pathname.split("/").at(-1) ?? "";
    const text = files[name];
    if (text === undefined) return new Response(null, { status: 404 });
    return inflated(text, name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream");
  };
}
