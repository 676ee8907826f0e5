/** What a file becomes on its way to the analysis. */

export type Decimal = "." | ",";

/** Cells as printed, and for each row the line of the file (or of the sheet) that it stands in. */
export interface Grid {
  rows: string[][];
  lines: number[];
}

/** A sentence of the label file, and the texts for its places. */
export interface Message {
  name: string;
  values: Record<string, string>;
}

export interface Column {
  name: string;
  kind: "number" | "text" | "empty";
  /** As printed; "" where a cell is missing. */
  cells: string[];
  /** Values of a column of numbers; null where one is missing. */
  numbers: (number | null)[] | null;
  /** Of a column of numbers: `%` or a unit that stands in every cell. */
  unit: string;
}

export interface Table {
  columns: Column[];
  length: number;
}

/** How a file was read; what R and Python need to read it too. */
export interface Format {
  kind: "delimited" | "workbook" | "prism" | "html" | "example";
  file: string;
  encoding: string;
  delimiter: string;
  decimal: Decimal;
  /** Lines above the header that hold no columns. */
  skipped: number;
  hasHeader: boolean;
  sheet: string;
  sheets: string[];
  layout: Layout;
}

export type Layout = "long" | "wide" | "nested";

/** What was found in a file. */
export interface Reading {
  format: Format;
  /** The table as it stands in the file. */
  source: Table;
  /** The long table: `source` itself, or what was made of it. */
  table: Table;
  messages: Message[];
  /** Whether `1,234` may be either of two numbers, and has to be asked. */
  asksDecimal: boolean;
  /** Roles that the layout decides. */
  roles: Partial<Roles>;
  /** Whether a row of the file is known to be one unit. */
  paired: boolean;
}

export type Role = "response" | "treatment" | "unit" | "subunit" | "block";
export type Roles = Record<Role, string>;

/** What a reader may decide about reading. */
export interface Choices {
  language: string;
  encoding?: string;
  sheet?: string;
  decimal?: Decimal;
  layout?: Layout;
}

/** A file of GraphPad Prism: groups of columns of one table. */
export interface PrismTable {
  title: string;
  groups: { name: string; columns: string[][] }[];
}
