import * as workbook from "./own-data/workbook.js";

/** Readers of Excel's and Prism's files, which come with the first of them. */
globalThis.workbookReader = workbook;
