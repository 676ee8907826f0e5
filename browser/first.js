import { showChosenTheme } from "./page/chosen-theme.js";

/**
 * What must happen before anything is painted: the chosen theme stands, so that no page flashes in
 * the other one.
 */
showChosenTheme();
