/** What a page and the service worker say to each other, and what the build told the latter. */

/**
 * From the page: let the newer build in, to that; keep nothing more, to the one that it follows; tell
 * whether simulators are kept; keep them. The answer to the last two comes through the port that
 * was sent along.
 */
export type Order = "take over" | "make way" | "ask" | "keep";

/** To the page: the share that is kept already, or that all is or is not, or why it cannot be. */
export type Kept = { share: number } | { kept: boolean } | { failed: "network" | "quota" };

/** Sums (sha256) by place in the site. */
export type Sums = Record<string, string>;

declare global {
  /** What a build consists of: what reading needs, and what simulators need besides. */
  var siteBuild: { id: string; text: Sums; live: Sums };
}
