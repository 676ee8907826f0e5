/**
 * A file that is no table, or a table that cannot be analysed: `name` is that of a sentence, and
 * `values` fill its places.
 */
export class ReadError extends Error {
  /**
   * @param {string} name
   * @param {Record<string, string>} [values]
   */
  constructor(name, values = {}) {
    super(`${name} ${JSON.stringify(values)}`);
    this.name = "ReadError";
    this.sentence = name;
    this.values = values;
  }
}
