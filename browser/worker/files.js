/** The runtime's files, all asked for at once, as bytes or compiled, or a reason why not. */

import { expanded, joined } from "./inflate.js";

/** @typedef {import("./messages.d.ts").Reason} Reason */

/** The first bytes of what is gzipped. */
const GZIP = [0x1f, 0x8b];

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
  return read(url, await response(url, { priority }), count);
}

/**
 * A gzipped file's content. Some servers say of such files that they are only packed for the way:
 * then the browser has unpacked them already.
 *
 * @param {URL} url
 * @param {(bytes: number) => void} count
 * @param {RequestPriority} [priority]
 * @returns {Promise<ArrayBuffer>}
 */
export async function unpressed(url, count, priority) {
  const content = await bytes(url, count, priority);
  const [one, two] = new Uint8Array(content, 0, Math.min(content.byteLength, 2));
  if (one !== GZIP[0] || two !== GZIP[1]) return content;
  try {
    return await new Response(expanded(new Uint8Array(content), "gzip")).arrayBuffer();
  } catch (error) {
    throw new LoadError("engine", `${url.pathname}: ${error}`);
  }
}

/**
 * A compiled WebAssembly file. What does not compile was spoilt where it was kept, and is asked for
 * once more, past every cache.
 *
 * @param {URL} url
 * @param {(bytes: number) => void} count
 * @returns {Promise<WebAssembly.Module>}
 */
export async function compiled(url, count) {
  try {
    return await code(await response(url), url, count).catch(async (error) => {
      if (!(error instanceof WebAssembly.CompileError)) throw error;
      return code(await response(url, { cache: "reload" }), url, count);
    });
  } catch (error) {
    throw error instanceof LoadError
      ? error
      : new LoadError(why(error), `${url.pathname}: ${error}`);
  }
}

/**
 * A server that calls machine code anything but application/wasm is put up with: browsers then
 * refuse to compile it as it comes, so that it is compiled when it is whole. What is compiled as it
 * comes is counted when it has come, since counting would cost the browser its store of compiled
 * code.
 *
 * @param {Response} found
 * @param {URL} url
 * @param {(bytes: number) => void} count
 */
async function code(found, url, count) {
  if (!found.headers.get("content-type")?.startsWith("application/wasm")) {
    return WebAssembly.compile(await read(url, found, count));
  }
  const module = await WebAssembly.compileStreaming(found);
  count(sizeOf(url));
  return module;
}

/**
 * @param {unknown} error
 * @returns {Reason}
 */
function why(error) {
  if (error instanceof RangeError) return "memory";
  return error instanceof WebAssembly.CompileError ? "webassembly" : "network";
}

/** @param {URL} url */
function sizeOf(url) {
  const [entry] = performance.getEntriesByName(url.href);
  return entry instanceof PerformanceResourceTiming ? entry.decodedBodySize : 0;
}

/**
 * @param {URL} url
 * @param {RequestInit} [how]
 */
async function response(url, how = {}) {
  let found;
  try {
    found = await fetch(url, how);
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
