/** Packages that come without types. */

declare module "papaparse" {
  const Papa: {
    parse(
      text: string,
      options: { delimiter: string; preview: number; skipEmptyLines: boolean },
    ): { data: string[][] };
  };
  export default Papa;
}
declare module "saxen" {
  export class Parser {
    on(name: string, listener: (...given: never[]) => void): void;
    parse(text: string): void;
  }
}
