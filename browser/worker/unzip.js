/** Read zip archives whose entries are stored as they are: the central directory at their end. */

const END = 0x06054b50;
const END_SIZE = 22;
const ENTRY_SIZE = 46;
const LOCAL_SIZE = 30;
const STORED = 0;

/**
 * Every file of an archive with its content.
 *
 * @param {ArrayBuffer} archive
 * @returns {{path: string, content: Uint8Array}[]}
 */
export function unzip(archive) {
  const view = new DataView(archive);
  const end = archive.byteLength - END_SIZE;
  if (end < 0 || view.getUint32(end, true) !== END) {
    throw new TypeError("an archive does not end as a zip file does");
  }
  const found = [];
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    found.push(entry(archive, view, at));
    at += ENTRY_SIZE + nameAndExtra(view, at + 28) + view.getUint16(at + 32, true);
  }
  return found;
}

/**
 * @param {ArrayBuffer} archive
 * @param {DataView} view
 * @param {number} at where the entry stands in the central directory
 */
function entry(archive, view, at) {
  const name = new Uint8Array(archive, at + ENTRY_SIZE, view.getUint16(at + 28, true));
  const path = new TextDecoder().decode(name);
  if (view.getUint16(at + 10, true) !== STORED)
    throw new TypeError(`${path} is not stored as it is`);
  const local = view.getUint32(at + 42, true);
  const start = local + LOCAL_SIZE + nameAndExtra(view, local + 26);
  return {
    path,
    content: new Uint8Array(archive, start, view.getUint32(at + 20, true)),
  };
}

/**
 * Bytes that an entry's name and extra field take.
 *
 * @param {DataView} view
 * @param {number} at where their two lengths stand
 */
function nameAndExtra(view, at) {
  return view.getUint16(at, true) + view.getUint16(at + 2, true);
}
