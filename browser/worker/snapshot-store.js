/**
 * Storage of one snapshot of Python in the origin's private file system: one file for each site,
 * valid for one build in one browser. Without storage nothing is stored and no error is raised.
 *
 * Layout of the file: the header's length (uint32), the header (JSON), the snapshot's bytes. The
 * length is written last; a file whose length is zero is incomplete.
 */

import { checksum } from "./checksum.js";

/** @typedef {import("./messages.d.ts").Places} Places */
/** @typedef {import("./snapshot.js").Snapshot} Snapshot */
/** @typedef {{checksum: string, about: Snapshot["about"]} | {refused: true}} Header of a snapshot */

const SIZE = Uint32Array.BYTES_PER_ELEMENT;

/** Free storage required, as a multiple of the snapshot's size, so that nothing else is evicted. */
const FREE_STORAGE = 10;

/** Lets a second page read at the same time, in browsers that support it. */
const SHARED = { mode: "read-only" };

export class SnapshotStore {
  #name;
  #writer;

  /**
   * Several sites may share an origin, and several builds an address.
   *
   * @param {Places} places whose names change with their content
   */
  constructor({ runtime, models, worker }) {
    this.#name = encodeURIComponent(`${new URL("../../", runtime).pathname} python`);
    this.#writer = [worker, runtime, models, navigator.userAgent].join(" ");
  }

  /**
   * The stored snapshot if this build in this browser wrote it. Its bytes are a promise, rejected
   * if they do not match the checksum.
   *
   * @returns {Promise<Snapshot | undefined>}
   */
  async read() {
    try {
      const root = await navigator.storage.getDirectory();
      return await opened(await root.getFileHandle(this.#name), SHARED, (file) => {
        const { header, end } = this.#header(file);
        if (!header || "refused" in header) return undefined;
        const bytes = bytesAt(file, end, file.getSize() - end);
        return { bytes: verified(bytes, header.checksum), about: header.about };
      });
    } catch {
      return undefined;
    }
  }

  /**
   * Stores a snapshot, unless one of this build has been refused in this browser.
   *
   * @param {Snapshot} snapshot
   */
  async write({ bytes: coming, about }) {
    const bytes = await coming;
    const { quota = 0, usage = 0 } = await navigator.storage.estimate();
    if (quota - usage < bytes.byteLength * FREE_STORAGE) return;
    await this.#replace({ checksum: await checksum(bytes), about }, bytes);
  }

  /**
   * Records that the stored snapshot could not be resumed, so that none of this build is stored
   * again. While another page reads the file nothing can be written; that page finds out by itself.
   */
  async refuse() {
    await this.#replace({ refused: true }, new Uint8Array()).catch(() => {});
  }

  /**
   * @param {Header} header
   * @param {Uint8Array<ArrayBuffer>} bytes
   */
  async #replace(header, bytes) {
    const root = await navigator.storage.getDirectory();
    const handle = await root.getFileHandle(this.#name, { create: true });
    await opened(handle, {}, (file) => {
      const { header: before } = this.#header(file);
      if (before && "refused" in before) return;
      const text = new TextEncoder().encode(JSON.stringify([this.#writer, header]));
      file.truncate(0);
      file.write(text, { at: SIZE });
      file.write(bytes, { at: SIZE + text.byteLength });
      file.flush();
      file.write(new Uint32Array([text.byteLength]), { at: 0 });
    });
  }

  /**
   * The header if this build in this browser wrote it, and the offset at which it ends.
   *
   * @param {FileSystemSyncAccessHandle} file
   * @returns {{header: Header | undefined, end: number}}
   */
  #header(file) {
    const [size = 0] = new Uint32Array(bytesAt(file, 0, SIZE).buffer);
    const [writer, header] = parsed(bytesAt(file, SIZE, Math.min(size, file.getSize())));
    return { header: writer === this.#writer ? header : undefined, end: SIZE + size };
  }
}

/**
 * @template T
 * @param {FileSystemFileHandle} handle
 * @param {object} mode
 * @param {(file: FileSystemSyncAccessHandle) => T} use
 * @returns {Promise<T>}
 */
async function opened(handle, mode, use) {
  const open = /** @type {(mode: object) => Promise<FileSystemSyncAccessHandle>} */ (
    handle.createSyncAccessHandle.bind(handle)
  );
  const file = await open(mode);
  try {
    return use(file);
  } finally {
    file.close();
  }
}

/**
 * @param {Uint8Array} header
 * @returns {[] | [string, Header]}
 */
function parsed(header) {
  try {
    return JSON.parse(new TextDecoder().decode(header));
  } catch {
    return [];
  }
}

/**
 * @param {FileSystemSyncAccessHandle} file
 * @param {number} at
 * @param {number} size
 */
function bytesAt(file, at, size) {
  const bytes = new Uint8Array(size);
  file.read(bytes, { at });
  return bytes;
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {string} expected
 */
async function verified(bytes, expected) {
  if ((await checksum(bytes)) !== expected) throw new TypeError("the snapshot's checksum differs");
  return bytes;
}
