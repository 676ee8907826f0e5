/**
 * Calls `begin` once when the reader means to use a simulator, or when it is near and there is
 * time and bandwidth to spare.
 *
 * @param {HTMLElement} root
 * @param {() => void} begin
 * @param {AbortSignal} outer
 */
export function onIntent(root, begin, outer) {
  const done = new AbortController();
  const signal = AbortSignal.any([outer, done.signal]);
  const once = () => {
    if (signal.aborted) return;
    done.abort();
    begin();
  };
  root.addEventListener("focusin", once, { signal });
  root.addEventListener("keydown", once, { signal });
  root.addEventListener("pointerdown", (event) => isMeant(event) && once(), { signal });
  whenNear(root, () => whenIdle(once, signal), signal);
}

/**
 * A finger on a panel most often only scrolls past it.
 *
 * @param {PointerEvent} event
 */
function isMeant(event) {
  if (event.pointerType !== "touch") return true;
  return event.target instanceof Element && event.target.closest("input, select, button, label");
}

/**
 * @param {HTMLElement} root
 * @param {() => void} near
 * @param {AbortSignal} signal
 */
function whenNear(root, near, signal) {
  if (isMetered()) return;
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      near();
    },
    { rootMargin: "25% 0%" },
  );
  observer.observe(root);
  signal.addEventListener("abort", () => observer.disconnect());
}

function isMetered() {
  const { connection } =
    /** @type {{ connection?: { saveData?: boolean, effectiveType?: string } }} */ (
      /** @type {unknown} */ (navigator)
    );
  return Boolean(connection?.saveData) || /2g$/.test(connection?.effectiveType ?? "");
}

/**
 * @param {() => void} work
 * @param {AbortSignal} signal
 */
function whenIdle(work, signal) {
  if ("requestIdleCallback" in window) {
    const handle = requestIdleCallback(work, { timeout: 5000 });
    signal.addEventListener("abort", () => cancelIdleCallback(handle));
  } else {
    const handle = setTimeout(work, 1500);
    signal.addEventListener("abort", () => clearTimeout(handle));
  }
}
