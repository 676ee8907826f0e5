/** The parts of Vega that the bundle is made of; they come without types of their own. */

declare module "vega-dataflow" {
  type Row = import("./types.js").Row;
  interface Changes {
    insert(rows: Row[]): Changes;
    remove(rows: Row[]): Changes;
    modify(which: (row: Row) => boolean, column: string, value: (row: Row) => unknown): Changes;
  }
  export function changeset(): Changes;
  export const transforms: Record<string, unknown>;
}
declare module "vega-encode";
declare module "vega-transforms";
declare module "vega-view-transforms";
declare module "vega-parser" {
  export function parse(spec: object, config: object, options: { ast: boolean }): object;
}
declare module "vega-view" {
  export class View {
    constructor(flow: object, options: object);
    initialize(container: HTMLElement): import("./types.js").VegaView;
  }
}
declare module "vega-interpreter" {
  export const expressionInterpreter: object;
}
