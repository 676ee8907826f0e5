const KEY = "theme";

/** The theme that the reader chose, if she did. */
function chosenTheme() {
  try {
    const value = localStorage.getItem(KEY);
    return value === "light" || value === "dark" ? value : null;
  } catch {
    return null; // storage is closed in some private windows
  }
}

/** Shows the theme that was chosen, here or in another tab. */
export function showChosenTheme() {
  const chosen = chosenTheme();
  if (chosen) document.documentElement.dataset.theme = chosen;
}

/** @param {string} theme */
export function chooseTheme(theme) {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // the choice then lasts for this page
  }
}
