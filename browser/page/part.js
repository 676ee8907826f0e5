/**
 * The element in a panel that its template has put there.
 *
 * @param {Element} root
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function part(root, selector) {
  const element = root.querySelector(selector);
  if (element instanceof HTMLElement) return element;
  throw new Error(`${root.id || root.className}: there is no ${selector}`);
}
