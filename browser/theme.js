const KEY = "theme";

/**
 * Light or dark: the system's, until the reader chooses.
 *
 * @param {AbortSignal} signal
 */
export function followTheme(signal) {
  const root = document.documentElement;
  const chosen = stored();
  if (chosen) root.dataset.theme = chosen;
  for (const button of document.querySelectorAll("button.theme-switch")) {
    button.addEventListener(
      "click",
      () => {
        root.dataset.theme = shown() === "dark" ? "light" : "dark";
        store(root.dataset.theme);
      },
      { signal },
    );
  }
}

function shown() {
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  return document.documentElement.dataset.theme ?? system;
}

function stored() {
  try {
    const value = localStorage.getItem(KEY);
    return value === "light" || value === "dark" ? value : null;
  } catch {
    return null; // storage is closed in some private windows
  }
}

/** @param {string} theme */
function store(theme) {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // the choice then lasts for this page
  }
}
