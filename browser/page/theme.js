import { chooseTheme } from "./chosen-theme.js";

/**
 * Light or dark: the system's, until the reader chooses. `first.js` applies the choice on every page.
 *
 * @param {AbortSignal} signal
 */
export function followTheme(signal) {
  for (const button of document.querySelectorAll("button.theme-switch")) {
    button.addEventListener("click", () => chooseTheme(shown() === "dark" ? "light" : "dark"), {
      signal,
    });
  }
}

function shown() {
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  return document.documentElement.dataset.theme ?? system;
}
