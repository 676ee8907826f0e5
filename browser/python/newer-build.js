/**
 * Whether the server, or the copy that is stored in the browser, has a newer build of this page:
 * one whose assets have other names. False if that cannot be known.
 */
export async function hasNewerBuild() {
  const address = location.href.replace(/[?#].*/s, "");
  try {
    const response = await fetch(address, {
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
    });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const there = page.querySelector(ASSETS)?.textContent;
    return Boolean(there) && there !== document.querySelector(ASSETS)?.textContent;
  } catch {
    return false;
  }
}

const ASSETS = "#site-assets";

/** Milliseconds. */
const PATIENCE = 10_000;
