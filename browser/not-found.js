/**
 * The page for an address that does not exist can be shown at any depth, so that it cannot know
 * where the site begins. It asks for the home page in each folder above, the deepest first, and
 * makes its links start where it is found.
 */
const links = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a"));

/**
 * Every folder above an address, the deepest first.
 *
 * @param {string} path
 */
function foldersAbove(path) {
  const parts = path.split("/").slice(1, -1);
  return [...parts.keys(), parts.length]
    .reverse()
    .map((depth) => ["", ...parts.slice(0, depth), ""].join("/"));
}

/**
 * @param {string[]} folders
 * @param {string} file
 */
async function first(folders, file) {
  for (const folder of folders) {
    const answer = await fetch(folder + file, { method: "HEAD" }).catch(() => null);
    if (answer?.ok) return folder;
  }
  return undefined;
}

const home = links[0]?.getAttribute("href");
if (home && location.protocol !== "file:") {
  first(foldersAbove(location.pathname), home).then((root) => {
    if (root === undefined) return;
    for (const link of links) link.href = root + link.getAttribute("href");
  });
}
