/**
 * A queue for answers of which only the newest matters: at most one piece of work runs and one
 * waits; a newer one takes the place of the one that waits.
 *
 * @template T
 * @param {(request: T) => Promise<void>} work
 * @param {() => void} idle called when nothing runs and nothing waits
 * @returns {(request: T) => void}
 */
export function newestWins(work, idle) {
  /** @type {{ request: T } | null} */
  let waiting = null;
  let running = false;

  const run = async () => {
    running = true;
    try {
      while (waiting) {
        const { request } = waiting;
        waiting = null;
        await work(request);
      }
    } finally {
      running = false;
    }
    idle();
  };

  return (request) => {
    waiting = { request };
    if (!running) void run();
  };
}
