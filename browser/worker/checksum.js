/**
 * The SHA-256 of these bytes, in hexadecimal.
 *
 * @param {BufferSource} bytes
 */
export async function checksum(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
