/**
 * Keeps a part of the page as tall as it has been, so that what is below does not move whenever a
 * sentence comes or goes. At another width it begins anew. The style sheet decides where it holds.
 *
 * @param {HTMLElement} element
 * @param {AbortSignal} signal
 */
export function keepHeight(element, signal) {
  let width = 0;
  const observer = new ResizeObserver(() => {
    if (element.offsetWidth !== width) element.style.removeProperty("--kept-height");
    width = element.offsetWidth;
    element.style.setProperty("--kept-height", `${element.offsetHeight}px`);
  });
  observer.observe(element);
  signal.addEventListener("abort", () => observer.disconnect());
}
