/** The runtime's files, all asked for at once, as bytes or compiled, or a reason why not. */

import { joined } from "./inflate.js";

/** @typedef {import("./messages.d.ts").Reason} Reason */

/** Why the runtime cannot load, in a word that the page has a sentence for. */
export class LoadError extends Error {
  /**
   * @param {Reason} reason
   * @param {string} message
   */
  constructor(reason, message) {
    super(message);
    this.name = "LoadError";
    this.reason = reason;
  }
}

/**
 * A file's bytes, counted as they come.
 *
 * @param {URL} url
 * @param {(bytes: number) => void} count
 * @param {RequestPriority} [priority] among the files that are asked for at once
 * @returns {Promise<ArrayBuffer>}
 */
export async function bytes(url, count, priority = "auto") {
  return read(url, await response(url, priority), count);
}

/**
 * A compiled WebAssembly file. A server that calls it anything but application/wasm is put up with:
 * browsers then refuse to compile it as it comes, so that it is compiled when it is whole.
 * What is compiled as it comes is counted when it has come, since counting would cost the browser
 * its store of compiled code.
 *
 * @param {URL} url
 * @param {(bytes: number) => void} count
 * @returns {Promise<WebAssembly.Module>}
 */
export async function compiled(url, count) {
  const found = await response(url);
  const streams = found.headers.get("content-type")?.startsWith("application/wasm");
  const whole = streams ? null : await read(url, found, count);
  try {
    if (whole) return await WebAssembly.compile(whole);
    const module = await WebAssembly.compileStreaming(found);
    count(sizeOf(url));
    return module;
  } catch (error) {
    throw new LoadError("webassembly", `${url.pathname}: ${error}`);
  }
}

/** @param {URL} url */
function sizeOf(url) {
  const [entry] = performance.getEntriesByName(url.href);
  return entry instanceof PerformanceResourceTiming ? entry.decodedBodySize : 0;
}

/**
 * @param {URL} url
 * @param {RequestPriority} [priority]
 */
async function response(url, priority = "auto") {
  let found;
  try {
    found = await fetch(url, { priority });
  } catch (error) {
    throw new LoadError("network", `${url.pathname}: ${error}`);
  }
  if (!found.ok) {
    throw new LoadError("http", `${url.pathname}: the server answered ${found.status}`);
  }
  return found;
}

/**
 * @param {URL} url
 * @param {Response} found
 * @param {(bytes: number) => void} count
 */
async function read(url, found, count) {
  const chunks = [];
  try {
    for (const reader = found.body?.getReader(); reader; ) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      count(value.byteLength);
    }
  } catch (error) {
    throw new LoadError("network", `${url.pathname}: ${error}`);
  }
  return joined(chunks);
}
