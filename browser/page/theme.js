import { chooseTheme, showChosenTheme } from "./chosen-theme.js";

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
  // It may be chosen in another tab, or after this page, to which the reader then comes back.
  for (const event of ["storage", "pageshow"]) {
    addEventListener(event, showChosenTheme, { signal });
  }
}

function shown() {
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  return document.documentElement.dataset.theme ?? system;
}
