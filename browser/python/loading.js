/** How much of Python has come, on the bars of those who wait for it. */

/** What comes sooner needs no bar, nor does a Python that was kept. */
const NOTICED = 300;

/** @type {Set<HTMLProgressElement>} */
const bars = new Set();

/**
 * Tells all who have waited for a while. Of files that came with the page nobody is told, and no
 * bar shows.
 *
 * @param {number} bytes
 * @param {number} all
 */
export function come(bytes, all) {
  for (const bar of bars) {
    bar.value = Math.min(bytes / all, 1);
    bar.hidden = false;
  }
}

/**
 * Begins to wait.
 *
 * @param {HTMLProgressElement} bar
 * @returns {() => void} ends the wait
 */
export function waiting(bar) {
  const clock = setTimeout(() => bars.add(bar), NOTICED);
  return () => {
    clearTimeout(clock);
    bars.delete(bar);
    bar.hidden = true;
  };
}
