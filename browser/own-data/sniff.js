import { ReadError } from "./errors.js";

/** @typedef {"text" | "zip" | "pzfx" | "html"} Kind */

/** The first bytes of files that are no tables, and what to call them. */
/** @type {[string, string][]} */
const PICTURES = [
  ["\x89PNG", "PNG"],
  ["\xff\xd8\xff", "JPEG"],
  ["GIF8", "GIF"],
  ["II*\0", "TIFF"],
  ["MM\0*", "TIFF"],
  ["RIFF", "WebP"],
  ["BM", "BMP"],
];

/** @type {[string, string][]} */
const OTHERS = [
  ["%PDF", "pdf"],
  ["\xd0\xcf\x11\xe0", "old_office"],
  ["\x1f\x8b", "compressed"],
  ["7z\xbc\xaf", "compressed"],
  ["Rar!", "compressed"],
  ["{\\rtf", "rich_text"],
  ["PCFFGRA4", "old_prism"],
];

const LOOKED_AT = 4096;

/**
 * What kind of file these bytes are, whatever its name says.
 *
 * @param {Uint8Array} bytes
 * @returns {Kind}
 * @throws {ReadError} for what is no table, by name
 */
export function sniff(bytes) {
  if (bytes.length === 0) throw new ReadError("empty_file");
  const head = String.fromCharCode(...bytes.subarray(0, LOOKED_AT));
  if (head.startsWith("PK\x03\x04")) return "zip";
  for (const [start, kind] of PICTURES) {
    // two letters alone begin many a table
    if (head.startsWith(start) && (start.length > 2 || head.includes("\0"))) {
      throw new ReadError("picture", { kind });
    }
  }
  for (const [start, name] of OTHERS) if (head.startsWith(start)) throw new ReadError(name);
  const text = head.replace(/^\xef\xbb\xbf/, "").replaceAll("\0", "");
  if (/<GraphPadPrismFile/.test(text)) return "pzfx";
  if (/^\s*(<!doctype html|<html|<table|<meta)/i.test(text)) return "html";
  if (isBinary(bytes)) throw new ReadError("binary");
  if (text.trim() === "" && bytes.length <= LOOKED_AT) throw new ReadError("empty_file");
  return "text";
}

/**
 * Whether these bytes are no text: control characters, or zeros that are not half of UTF-16.
 *
 * @param {Uint8Array} bytes
 */
function isBinary(bytes) {
  const head = bytes.subarray(0, LOOKED_AT);
  const zeros = [0, 0];
  let controls = 0;
  head.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
    else if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) controls++;
  });
  const [even = 0, odd = 0] = zeros;
  const isWide = Math.max(even, odd) > head.length / 8 && Math.min(even, odd) < head.length / 50;
  return (even + odd > 0 && !isWide && !hasMark(bytes)) || controls > head.length / 50;
}

/** @param {Uint8Array} bytes */
function hasMark(bytes) {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}
