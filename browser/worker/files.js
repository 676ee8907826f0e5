/** Downloads of the runtime's files: counted, resumed, verified against their checksums. */

import { checksum } from "./checksum.js";
import { expanded, joined } from "./inflate.js";

/** @typedef {import("./messages.d.ts").Checksums} Checksums */
/** @typedef {import("./messages.d.ts").Reason} Reason */
/** @typedef {import("./messages.d.ts").Received} Received */

/** Milliseconds without bytes after which a download is given up. */
const PATIENCE = 60_000;

/** How often a download that breaks off is resumed before it fails. */
const RESUMES = 2;

/** Share of a WebAssembly file's size that it has compressed, to estimate the bytes on the way. */
const COMPRESSED_SHARE = 0.31;

/** Why the runtime cannot load, in a word for which the page has a sentence. */
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
 * @typedef {object} Options
 * @property {(bytes: number) => void} [count] called with the size of every piece that arrives
 * @property {Checksums | undefined} [checksums] by file name; a file without one is not verified
 * @property {Record<string, Received> | undefined} [received] by an earlier attempt, by address
 * @property {number | undefined} [patience] milliseconds without bytes until a download is given up
 */

export class Files {
  /** What has been received of every file, by address; complete only if verified. */
  received;
  #ask;
  #count;
  #checksums;
  #patience;

  /**
   * @param {typeof fetch} ask
   * @param {Options} [options]
   */
  constructor(ask, { count = () => {}, checksums = {}, received = {}, patience = PATIENCE } = {}) {
    this.#ask = ask;
    this.#count = count;
    this.#checksums = checksums;
    this.#patience = patience;
    this.received = received;
  }

  /**
   * A file's bytes. If they do not match the checksum the file is fetched once more, bypassing
   * every cache.
   *
   * @param {URL} url
   * @param {RequestPriority} [priority] among the files that are fetched at once
   * @returns {Promise<Uint8Array<ArrayBuffer>>}
   * @throws {LoadError}
   */
  bytes(url, priority = "auto") {
    const before = this.received[url.href];
    if (before?.complete) return Promise.resolve(before.bytes);
    return this.#twice(async (init) => {
      const { bytes } = await this.#download(url, { priority, ...init });
      return bytes;
    });
  }

  /**
   * A gzipped file's content.
   *
   * @param {URL} url
   * @param {RequestPriority} [priority]
   * @returns {Promise<ArrayBuffer>}
   */
  async decompressed(url, priority) {
    const compressed = await this.bytes(url, priority);
    try {
      return await new Response(expanded(compressed, "gzip")).arrayBuffer();
    } catch (error) {
      throw new LoadError("corrupt", `${url.pathname}: ${error}`);
    }
  }

  /**
   * A compiled WebAssembly file. It compiles while it arrives, from the response itself, beside
   * which browsers store the compiled code; its bytes are verified before it is used.
   *
   * @param {URL} url
   * @returns {Promise<WebAssembly.Module>}
   */
  compiled(url) {
    return this.#twice(async (init) => {
      /** @type {Promise<WebAssembly.Module | undefined>} */
      let streaming = Promise.resolve(undefined);
      const { bytes } = this.received[url.href]?.complete
        ? /** @type {Received} */ (this.received[url.href])
        : await this.#download(url, init, (response) => {
            streaming = compiledFrom(response);
          });
      const module = await streaming;
      try {
        return module ?? (await WebAssembly.compile(bytes));
      } catch (error) {
        const reason = error instanceof RangeError ? "memory" : "webassembly";
        throw new LoadError(
          this.#isVerified(url) ? reason : "corrupt",
          `${url.pathname}: ${error}`,
        );
      }
    });
  }

  /** @param {URL} url */
  #isVerified(url) {
    return fileName(url) in this.#checksums;
  }

  /**
   * @template T
   * @param {(init: RequestInit) => Promise<T>} attempt
   * @returns {Promise<T>}
   */
  async #twice(attempt) {
    try {
      return await attempt({});
    } catch (error) {
      if (!(error instanceof LoadError && error.reason === "corrupt")) throw error;
      return attempt({ cache: "reload" });
    }
  }

  /**
   * @param {URL} url
   * @param {RequestInit} init
   * @param {(response: Response) => void} [use] called with a response that has the whole file
   * @returns {Promise<Received>}
   */
  async #download(url, init, use) {
    const file = init.cache === "reload" ? undefined : this.received[url.href];
    let bytes = file?.bytes ?? new Uint8Array();
    for (let resumes = 0; ; resumes += 1) {
      const { response, from } = await this.#response(url, init, bytes.byteLength);
      const copy = use && from === 0 ? response.clone() : response;
      if (from === 0) use?.(response);
      const part = await this.#read(copy);
      bytes = new Uint8Array(joined([bytes.subarray(0, from), ...part.chunks]));
      if (!part.error) break;
      if (!isRanged(response)) bytes = new Uint8Array();
      this.received[url.href] = { bytes, complete: false };
      if (resumes === RESUMES) {
        throw new LoadError(part.error.reason, `${url.pathname}: ${part.error.message}`);
      }
    }
    delete this.received[url.href];
    const expected = this.#checksums[fileName(url)];
    if (expected && crypto.subtle && (await checksum(bytes)) !== expected) {
      throw new LoadError("corrupt", `${url.pathname}: the checksum differs`);
    }
    this.received[url.href] = { bytes, complete: true };
    return { bytes, complete: true };
  }

  /**
   * The response to a request for a file from an offset on, and the offset at which it begins.
   *
   * @param {URL} url
   * @param {RequestInit} init
   * @param {number} from
   * @returns {Promise<{response: Response, from: number}>}
   */
  async #response(url, init, from) {
    const timer = new AbortController();
    const clock = setTimeout(() => timer.abort(), this.#patience);
    const headers = from > 0 ? { headers: { Range: `bytes=${from}-` } } : {};
    let response;
    try {
      response = await this.#ask(url, { ...init, ...headers, signal: timer.signal });
    } catch (error) {
      const reason = timer.signal.aborted ? "timeout" : "network";
      throw new LoadError(reason, `${url.pathname}: ${error}`);
    } finally {
      clearTimeout(clock);
    }
    if (response.status === 416) return this.#response(url, init, 0);
    if (!response.ok) {
      throw new LoadError("http", `${url.pathname}: the server answered ${response.status}`);
    }
    const continues = response.headers.get("content-range")?.startsWith(`bytes ${from}-`);
    return { response, from: response.status === 206 && continues ? from : 0 };
  }

  /**
   * The chunks of a response, and why it ended early if it did.
   *
   * @param {Response} response
   * @returns {Promise<{chunks: Uint8Array[], error?: LoadError}>}
   */
  async #read(response) {
    const share = response.headers.has("content-encoding") ? COMPRESSED_SHARE : 1;
    const chunks = [];
    const reader = response.body?.getReader();
    try {
      while (reader) {
        const { done, value } = await this.#inTime(reader.read());
        if (done) break;
        chunks.push(value);
        this.#count(value.byteLength * share);
      }
      return { chunks };
    } catch (error) {
      reader?.cancel().catch(() => {});
      return {
        chunks,
        error: error instanceof LoadError ? error : new LoadError("network", String(error)),
      };
    }
  }

  /**
   * @template T
   * @param {Promise<T>} promise
   * @returns {Promise<T>}
   */
  #inTime(promise) {
    let clock = 0;
    const late = new Promise((_, reject) => {
      const message = `no bytes came for ${this.#patience / 1000} s`;
      clock = setTimeout(() => reject(new LoadError("timeout", message)), this.#patience);
    });
    return Promise.race([promise, /** @type {Promise<T>} */ (late)]).finally(() =>
      clearTimeout(clock),
    );
  }
}

/**
 * What a streaming compiler makes of a response; nothing if the server does not call it WebAssembly
 * or it does not compile, which its bytes then explain.
 *
 * @param {Response} response
 */
function compiledFrom(response) {
  if (response.headers.get("content-type") !== "application/wasm") {
    response.body?.cancel().catch(() => {});
    return Promise.resolve(undefined);
  }
  return WebAssembly.compileStreaming(response).catch(() => undefined);
}

/**
 * Whether a response can be continued at an offset: the offset counts bytes as they were sent.
 *
 * @param {Response} response
 */
function isRanged(response) {
  const { headers } = response;
  const offered = headers.get("accept-ranges") === "bytes" || response.status === 206;
  return offered && !headers.has("content-encoding");
}

/** @param {URL} url */
function fileName(url) {
  return url.pathname.split("/").at(-1) ?? "";
}
