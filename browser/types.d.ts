/** What travels between the page, its simulators and Python. */

export type Value = number | string;
export type Values = Record<string, Value>;

export interface ControlData {
  kind: "slider" | "choice" | "seed";
  name: string;
  default: Value;
  decimals: number;
  unit: string;
}

export interface ChartData {
  alt: string;
  spec: Record<string, unknown>;
}

/** What the build wrote into a simulator's `script.sim-data`. */
export interface SimData {
  controls: ControlData[];
  verdicts: Record<string, string>;
  notes: Record<string, string>;
  repeatVerdicts: Record<string, string>;
  chunk: number;
  tries: Record<string, { values: Values; repeat: boolean }>;
  words: Record<string, string>;
  charts: Record<string, ChartData>;
}

/** A number in words: alone, and with its sign of equality or inequality. */
export interface Written {
  text: string;
  relation?: string;
}

export interface Answer extends Written {
  value: number | null;
  relation: string;
}

export type Table = Record<string, (number | string | null)[]>;
export type Tally = Record<string, number[]>;

/** What `host` answers to `simulate`, and to `repeat` with `tally` and `done`. */
export interface Reply {
  readouts: Record<string, Answer>;
  verdict: string;
  notes: string[];
  tables: Record<string, Table>;
}

export interface RepeatReply extends Reply {
  tally: Tally;
  done: number;
}

export interface Python {
  call(request: object, options?: { signal?: AbortSignal }): Promise<object>;
}

/** Where the page's assets are, relative to the page. */
export interface Assets {
  worker: string;
  vega: string;
  runtime: string;
  models: string;
  disk: string;
  /** Why nothing is computed, by the names of `failure.js`; `still_true` and `reload`. */
  words: Record<string, string>;
  /** SHA-256 in hexadecimal by file name. */
  checksums?: Record<string, string>;
  /** What all but Vega weigh together on their way, gzipped. */
  bytes: number;
  files?: Record<string, string>;
}

/** A row of a chart's table; Vega knows it by its identity. */
export type Row = Record<string, unknown>;

/** What `assets/vega.….js` puts on `globalThis.vegaRuntime`. */
export interface VegaRuntime {
  draw(spec: object, container: HTMLElement, font: string): VegaView;
  /**
   * Gives a table of a chart new rows. The rows that it had take the new values in their places, so
   * that marks move and none is made anew: Vega never quite forgets a row.
   * Returns the rows that it has then.
   */
  fill(view: VegaView, name: string, before: Row[], rows: Row[]): Row[];
}

export interface VegaView {
  change(name: string, changes: object): VegaView;
  width(pixels: number): VegaView;
  height(pixels: number): VegaView;
  runAsync(): Promise<VegaView>;
  finalize(): VegaView;
}

declare global {
  var vegaRuntime: VegaRuntime | undefined;
  /** What `assets/disk.….js` brings along: files gzipped, in base64, by name. */
  var siteFiles: Record<string, string> | undefined;
  /** What `assets/search.js` brings along: the text of all pages. */
  /** Every simplified character of the site's text, followed by its traditional form. */
  var siteVariants: string | undefined;
  var siteText: import("./search/find.js").PageText[] | undefined;
}

declare global {
  /** Scripts of instruments by the name of their element, once they have come. */
  var instruments: Record<string, import("./instruments/instrument.js").Connect> | undefined;
  var workbookReader: typeof import("./own-data/workbook.js") | undefined;
}
