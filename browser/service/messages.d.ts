/** Messages between a page and the service worker, and what the build tells the latter. */

/**
 * From the page: `activate` to the newer service worker; `abort`, to the older one: abort all
 * fetches, since a newer one waits for them; `status`: report whether simulators are stored;
 * `store`: store them. The last two are answered through the port that comes with the message.
 */
export type Order = "activate" | "abort" | "status" | "store";

/** To the page: the share that is stored, whether all is, or why it cannot be. */
export type Progress = { share: number } | { stored: boolean } | { failed: "network" | "quota" };

/** SHA-256 in hexadecimal by path in the site. */
export type Checksums = Record<string, string>;

declare global {
  /** Files of a build: those that reading needs, and those that simulators need besides. */
  var siteBuild: { id: string; text: Checksums; live: Checksums };
}
