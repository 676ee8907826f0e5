/**
 * A snapshot of Python, kept in the reader's browser: one for this site, of one build. Where a
 * browser keeps nothing, or not now, nothing is kept and nothing is said.
 *
 * It is one file: the size of its label, the label, the snapshot's bytes. The size is written last;
 * until then it is zero, and nothing lies there.
 */

import { sumOf } from "./sum.js";

/** @typedef {import("./messages.d.ts").Places} Places */
/** @typedef {import("./snapshot.js").Snapshot} Snapshot */
/** @typedef {{sum: string, about: Snapshot["about"]} | {refused: true}} Said of a snapshot */

const SIZE = Uint32Array.BYTES_PER_ELEMENT;

/** How many times its size must be free, so that nothing else is crowded out. */
const ROOM = 10;

/** So that a second page can read as well, in browsers that know of that. */
const READING = { mode: "read-only" };

export class Shelf {
  #name;
  #writer;

  /**
   * Other sites may live under the same domain, other builds under the same address.
   *
   * @param {Places} places whose names change with what lies there
   */
  constructor({ runtime, models }) {
    this.#name = encodeURIComponent(`${new URL("../../", runtime).pathname} python`);
    this.#writer = [location.href, runtime, models, navigator.userAgent].join(" ");
  }

  /**
   * What lies here, if this build in this browser has put it here. Whether it is still what was put
   * here is told by its bytes, which fail if not.
   *
   * @returns {Promise<Snapshot | undefined>}
   */
  async taken() {
    try {
      const root = await navigator.storage.getDirectory();
      return await opened(await root.getFileHandle(this.#name), READING, (file) => {
        const { said, end } = this.#label(file);
        if (!said || "refused" in said) return undefined;
        return {
          bytes: genuine(read(file, end, file.getSize() - end), said.sum),
          about: said.about,
        };
      });
    } catch {
      return undefined;
    }
  }

  /**
   * Lays a snapshot here, in the place of what was, unless one of this build has been refused in
   * this browser.
   *
   * @param {Snapshot} snapshot
   */
  async put({ bytes: coming, about }) {
    const bytes = await coming;
    const { quota = 0, usage = 0 } = await navigator.storage.estimate();
    if (quota - usage < bytes.byteLength * ROOM) return;
    await this.#write({ sum: await sumOf(bytes), about }, bytes);
  }

  /**
   * What lies here did not come to life: nothing of this build is to lie here again. While another
   * page reads here nothing can be written; that page will see for itself.
   */
  async refuse() {
    await this.#write({ refused: true }, new Uint8Array()).catch(() => {});
  }

  /**
   * @param {Said} said
   * @param {Uint8Array<ArrayBuffer>} bytes
   */
  async #write(said, bytes) {
    const root = await navigator.storage.getDirectory();
    const handle = await root.getFileHandle(this.#name, { create: true });
    await opened(handle, {}, (file) => {
      const { said: before } = this.#label(file);
      if (before && "refused" in before) return;
      const label = new TextEncoder().encode(JSON.stringify([this.#writer, said]));
      file.truncate(0);
      file.write(label, { at: SIZE });
      file.write(bytes, { at: SIZE + label.byteLength });
      file.flush();
      file.write(new Uint32Array([label.byteLength]), { at: 0 });
    });
  }

  /**
   * What the label says, if this build in this browser has written it, and where it ends.
   *
   * @param {FileSystemSyncAccessHandle} file
   * @returns {{said: Said | undefined, end: number}}
   */
  #label(file) {
    const [size = 0] = new Uint32Array(read(file, 0, SIZE).buffer);
    const [writer, said] = parsed(read(file, SIZE, Math.min(size, file.getSize())));
    return { said: writer === this.#writer ? said : undefined, end: SIZE + size };
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
 * @param {Uint8Array} label
 * @returns {[] | [string, Said]}
 */
function parsed(label) {
  try {
    return JSON.parse(new TextDecoder().decode(label));
  } catch {
    return [];
  }
}

/**
 * @param {FileSystemSyncAccessHandle} file
 * @param {number} at
 * @param {number} size
 */
function read(file, at, size) {
  const bytes = new Uint8Array(size);
  file.read(bytes, { at });
  return bytes;
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {string} sum
 */
async function genuine(bytes, sum) {
  if ((await sumOf(bytes)) !== sum) throw new TypeError("a snapshot is spoilt");
  return bytes;
}
