/** The runtime's files, all asked for at once, as bytes or compiled, or a reason why not. */

import { expanded, joined } from "./inflate.js";

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

/** Files of the runtime, asked for from where this page has them, and counted as they come. */
export class Files {
  #ask;
  #count;

  /**
   * @param {typeof fetch} ask
   * @param {(bytes: number) => void} count told of every piece that arrives
   */
  constructor(ask, count) {
    this.#ask = ask;
    this.#count = count;
  }

  /**
   * @param {URL} url
   * @param {RequestPriority} [priority] among the files that are asked for at once
   * @returns {Promise<ArrayBuffer>}
   */
  async bytes(url, priority = "auto") {
    return this.#read(url, await this.#response(url, { priority }));
  }

  /**
   * A gzipped file's content.
   *
   * @param {URL} url
   * @param {RequestPriority} [priority]
   * @returns {Promise<ArrayBuffer>}
   */
  async decompressed(url, priority) {
    const compressed = new Uint8Array(await this.bytes(url, priority));
    try {
      return await new Response(expanded(compressed, "gzip")).arrayBuffer();
    } catch (error) {
      throw new LoadError("engine", `${url.pathname}: ${error}`);
    }
  }

  /**
   * A compiled WebAssembly file. What does not compile was spoilt where it was kept, and is asked
   * for once more, past every cache.
   *
   * @param {URL} url
   * @returns {Promise<WebAssembly.Module>}
   */
  async compiled(url) {
    try {
      return await this.#code(url, await this.#response(url)).catch(async (error) => {
        if (!(error instanceof WebAssembly.CompileError)) throw error;
        return this.#code(url, await this.#response(url, { cache: "reload" }));
      });
    } catch (error) {
      if (error instanceof LoadError) throw error;
      throw new LoadError(why(error), `${url.pathname}: ${error}`);
    }
  }

  /**
   * A server that calls machine code anything but application/wasm is put up with: browsers then
   * refuse to compile it as it comes, so that it is compiled when it is whole. What is compiled as
   * it comes is counted when it has come, since counting would cost the browser its store of
   * compiled code.
   *
   * @param {URL} url
   * @param {Response} found
   */
  async #code(url, found) {
    if (found.headers.get("content-type") !== "application/wasm") {
      return WebAssembly.compile(await this.#read(url, found));
    }
    const module = await WebAssembly.compileStreaming(found);
    this.#count(weight(url));
    return module;
  }

  /**
   * @param {URL} url
   * @param {RequestInit} [how]
   */
  async #response(url, how) {
    let found;
    try {
      found = await this.#ask(url, how);
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
   */
  async #read(url, found) {
    const chunks = [];
    try {
      for (const reader = found.body?.getReader(); reader; ) {
        const { done, value } = await reader.read();
        if (done) break;
        chunks.push(value);
        this.#count(value.byteLength);
      }
    } catch (error) {
      throw new LoadError("network", `${url.pathname}: ${error}`);
    }
    return joined(chunks);
  }
}

/**
 * @param {unknown} error
 * @returns {Reason}
 */
function why(error) {
  if (error instanceof RangeError) return "memory";
  return error instanceof WebAssembly.CompileError ? "webassembly" : "network";
}

/**
 * Bytes on their way, as the server packed them.
 *
 * @param {URL} url
 */
function weight(url) {
  const [entry] = performance.getEntriesByName(url.href);
  return entry instanceof PerformanceResourceTiming ? entry.encodedBodySize : 0;
}
