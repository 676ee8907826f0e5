import { OwnData } from "./own-data/own-data.js";

/** The script of the page “your data”, which `instruments/instrument.js` loads. */
/** @type {import("./instruments/instrument.js").Connect} */
const connect = (root, services, signal) => new OwnData(root, services, signal).open();

globalThis.instruments ??= {};
globalThis.instruments["own-data"] = connect;
