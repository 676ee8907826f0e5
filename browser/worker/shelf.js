/**
 * A snapshot of Python, kept in the reader's browser: one for this site, of one build. Where a
 * browser keeps nothing, or not now, nothing is kept and nothing is said.
 */

import { sumOf } from "./sum.js";

/** @typedef {import("./messages.d.ts").Places} Places */
/** @typedef {import("./snapshot.js").Snapshot} Snapshot */
/** @typedef {{sum: string, about: Snapshot["about"]} | {refused: true}} Said of a snapshot */

const SNAPSHOT = "snapshot";
const LABEL = "label.json";

/** How many times its size must be free, so that nothing else is crowded out. */
const ROOM = 10;

export class Shelf {
  #name;
  #writer;

  /**
   * Other sites may live under the same domain, other builds under the same address.
   *
   * @param {Places} places whose names change with what lies there
   */
  constructor({ runtime, models }) {
    this.#name = encodeURIComponent(new URL("../../", runtime).pathname);
    this.#writer = [runtime, models, navigator.userAgent].join(" ");
  }

  /**
   * What lies here, if this build in this browser has put it here. Its bytes are still on their way,
   * and fail if they are not what was put here.
   *
   * @returns {Promise<Snapshot | undefined>}
   */
  async taken() {
    try {
      const folder = await this.#folder();
      const said = await this.#said(folder);
      if (!said || "refused" in said) return undefined;
      return { bytes: genuine(read(folder, SNAPSHOT), said.sum), about: said.about };
    } catch {
      return undefined;
    }
  }

  /**
   * Lays a snapshot here, in the place of what was, unless one of this build has been refused in
   * this browser. The label comes last: with none, or with another's, nothing is taken.
   *
   * @param {Snapshot} snapshot
   */
  async put({ bytes: coming, about }) {
    const bytes = await coming;
    const { quota = 0, usage = 0 } = await navigator.storage.estimate();
    if (quota - usage < bytes.byteLength * ROOM) return;
    const folder = await this.#folder();
    const said = await this.#said(folder);
    if (said && "refused" in said) return;
    await folder.removeEntry(LABEL).catch(() => {});
    await write(folder, SNAPSHOT, bytes);
    await this.#say(folder, { sum: await sumOf(bytes), about });
  }

  /** What lies here did not come to life: nothing of this build is to lie here again. */
  async refuse() {
    const folder = await this.#folder();
    await this.#say(folder, { refused: true });
    await folder.removeEntry(SNAPSHOT);
  }

  /**
   * What the label says, if this build in this browser has written it.
   *
   * @param {FileSystemDirectoryHandle} folder
   * @returns {Promise<Said | undefined>}
   */
  async #said(folder) {
    try {
      const text = new TextDecoder().decode(await read(folder, LABEL));
      const [writer, said] = JSON.parse(text);
      return writer === this.#writer ? said : undefined;
    } catch {
      return undefined;
    }
  }

  /**
   * @param {FileSystemDirectoryHandle} folder
   * @param {Said} said
   */
  async #say(folder, said) {
    const text = JSON.stringify([this.#writer, said]);
    await write(folder, LABEL, new TextEncoder().encode(text));
  }

  async #folder() {
    const root = await navigator.storage.getDirectory();
    return root.getDirectoryHandle(this.#name, { create: true });
  }
}

/**
 * @param {Promise<ArrayBuffer>} coming
 * @param {string} sum
 */
async function genuine(coming, sum) {
  const bytes = new Uint8Array(await coming);
  if ((await sumOf(bytes)) !== sum) throw new TypeError("a snapshot is spoilt");
  return bytes;
}

/**
 * @param {FileSystemDirectoryHandle} folder
 * @param {string} name
 */
async function read(folder, name) {
  const file = await (await folder.getFileHandle(name)).getFile();
  return file.arrayBuffer();
}

/**
 * @param {FileSystemDirectoryHandle} folder
 * @param {string} name
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
async function write(folder, name, bytes) {
  const file = await folder.getFileHandle(name, { create: true });
  const access = await file.createSyncAccessHandle();
  try {
    access.truncate(0);
    access.write(bytes);
    access.flush();
  } finally {
    access.close();
  }
}
