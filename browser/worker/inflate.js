/**
 * Bytes made whole again. Blobs are not used: WebKit cannot read them in the worker of a page that
 * was opened from disk.
 */

/**
 * A file that came as text: gzipped, in base64.
 *
 * @param {string} text
 * @param {string} type
 */
export function inflated(text, type) {
  const stream = expanded(decoded(text), "gzip");
  return new Response(stream, { headers: { "content-type": type } });
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {CompressionFormat} format
 */
export function expanded(bytes, format) {
  const packed = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (new Response(bytes).body);
  return packed.pipeThrough(new DecompressionStream(format));
}

/**
 * @param {Uint8Array[]} chunks
 * @returns {ArrayBuffer}
 */
export function joined(chunks) {
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole.buffer;
}

/** @param {string} text */
function decoded(text) {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
