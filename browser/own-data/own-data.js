/** @import { Services } from "../instruments/services.js" */
/** @import { Answer, Written } from "../types.js" */
/** @import { Choices, Reading, Role, Roles } from "./types.js" */

import { copyFor } from "../page/clipboard.js";
import { save } from "../page/downloads.js";
import { part } from "../page/part.js";
import { loadScript } from "../page/script.js";
import { onIntent } from "../simulator/intent.js";
import { drawing, png } from "../simulator/picture.js";
import { readouts } from "../simulator/readouts.js";
import { plain, show, showList } from "../simulator/sentence.js";
import { ENCODINGS } from "./decode.js";
import { ask, drawn, element, offer, preview, question } from "./elements.js";
import { ReadError } from "./errors.js";
import { results, tidy } from "./export.js";
import { levels } from "./levels.js";
import { paragraphs } from "./methods.js";
import { number } from "./numbers.js";
import { open } from "./open.js";
import { readString } from "./read.js";
import { complete, request } from "./request.js";
import { guess } from "./roles.js";
import { pythonScript, rScript } from "./scripts.js";
import { table as tableOf } from "./table.js";

/** @typedef {"static" | "loading" | "ready" | "busy" | "asking" | "failed"} State */
/** @typedef {{ name: string, values: Record<string, string> }} Remark */

/**
 * @typedef {object} Reply
 * @property {"ready" | "asking"} state
 * @property {Record<string, Answer>} readouts
 * @property {string} verdict
 * @property {string[]} changed
 * @property {Remark[]} remarks
 * @property {import("./methods.js").About["design"] & { blocks: string, n_same: number, n_renumbered: number }} design
 * @property {string} formula
 * @property {(Record<string, number | string | null> & { arm: string })[]} comparisons
 * @property {{ unit: string, arm: string, rows: number, mean: number }[]} units
 * @property {Record<string, Record<string, string>>} figures
 */

/** @typedef {{ bytes: Uint8Array, file: string } | { text: string, file: string } | null} Given */

const ROLES = /** @type {Role[]} */ (["response", "treatment", "unit", "subunit", "block"]);
const TYPED = 400;

/** What a table brings with it until the reader decides otherwise. */
const UNDECIDED = { log: false, same_units: "", order: /** @type {string[]} */ ([]) };

/**
 * The page's tool for a reader's own table. It reads files here, asks Python for the analysis, and
 * keeps what it was given in memory only, until it is told to forget it.
 */
export class OwnData {
  /** @type {Given} */
  #given = null;
  /** @type {Omit<Choices, "language">} */
  #choices = {};
  /** @type {Reading} */
  #reading;
  /** @type {Roles} */
  #roles;
  #settings = { ...UNDECIDED };
  /** @type {Set<string>} */
  #leftOut = new Set();
  /** @type {Reply | null} */
  #reply = null;
  #turn = 0;
  #hasPython = false;

  /**
   * @param {HTMLElement} root
   * @param {Services} services
   * @param {AbortSignal} signal
   */
  constructor(root, services, signal) {
    this.root = root;
    this.services = services;
    this.signal = signal;
    this.live = JSON.parse(part(root, ".own-live").textContent ?? "");
    this.labels = this.live.labels;
    this.first = root.innerHTML;
    this.write = readouts(part(root, ".own-result"));
    this.#reading = this.#example();
    this.#roles = /** @type {Roles} */ (this.#reading.roles);
  }

  open() {
    const { signal } = this;
    for (const one of this.root.querySelectorAll("input, textarea, select, button")) {
      /** @type {HTMLInputElement} */ (one).disabled = false;
    }
    this.root.addEventListener("change", (event) => this.#changed(event.target), { signal });
    this.root.addEventListener("click", (event) => this.#clicked(event.target), { signal });
    this.root.addEventListener("dragover", (event) => this.#dragged(event, true), { signal });
    this.root.addEventListener("dragleave", (event) => this.#dragged(event, false), { signal });
    this.root.addEventListener("drop", (event) => this.#dropped(event), { signal });
    let clock = 0;
    this.#paste.addEventListener(
      "input",
      () => {
        clearTimeout(clock);
        clock = setTimeout(() => void this.#pasted(), TYPED);
      },
      { signal },
    );
    this.#showReading();
    onIntent(this.root, () => void this.#start(), signal);
  }

  get #paste() {
    return /** @type {HTMLTextAreaElement} */ (part(this.root, "textarea[name=paste]"));
  }

  get #language() {
    return document.documentElement.lang;
  }

  /** @param {State} state */
  #enter(state) {
    this.root.dataset.state = state;
    const said =
      state === "loading" ? this.labels.loading : state === "busy" ? this.labels.busy : "";
    part(this.root, ".own-status").textContent = said;
  }

  /**
   * @param {string} name
   * @returns {HTMLSelectElement}
   */
  #select(name) {
    return /** @type {HTMLSelectElement} */ (part(this.root, `select[name=${name}]`));
  }

  /** The table that the page opens with. */
  #example() {
    const { columns, roles } = this.live.example;
    const names = Object.keys(columns);
    const rows = (columns[names[0] ?? ""] ?? []).map(
      (/** @type {unknown} */ _, /** @type {number} */ row) =>
        names.map((name) => columns[name][row]),
    );
    const { table } = tableOf(names, { rows, lines: rows.map(() => 0) }, ".");
    return /** @type {Reading} */ ({
      format: {
        kind: "delimited",
        file: "mice.csv",
        encoding: "utf-8",
        delimiter: ",",
        decimal: ".",
        skipped: 0,
        hasHeader: true,
        sheet: "",
        sheets: [],
        layout: "long",
      },
      source: table,
      table,
      messages: [],
      asksDecimal: false,
      roles: { subunit: "", block: "", ...roles },
      paired: false,
    });
  }

  /** Python, started once; what keeps it from starting is said. */
  async #start() {
    const { python, waiting } = this.services;
    if (!this.#hasPython) {
      const turn = this.#turn;
      const isShown = this.root.dataset.state === "static";
      if (isShown) this.#enter("loading");
      const bar = /** @type {HTMLProgressElement} */ (part(this.root, "progress"));
      const arrived = waiting(bar);
      try {
        await python.ready();
        this.#hasPython = true;
        if (isShown && turn === this.#turn) this.#enter("ready");
      } catch (error) {
        this.#failed(error);
        throw error;
      } finally {
        arrived();
      }
    }
    return python;
  }

  /** @param {unknown} error */
  #failed(error) {
    if (this.signal.aborted) return;
    console.warn("own-data:", error instanceof Error ? error.name : "");
    const { sentence, stillTrue } = this.services.failure(error);
    this.#complain(`${sentence}${stillTrue}`, true);
  }

  /**
   * @param {string} sentence
   * @param {boolean} [retry]
   */
  #complain(sentence, retry = false) {
    const box = part(this.root, ".own-error");
    part(box, "p").textContent = sentence;
    part(box, "button").hidden = !retry;
    box.hidden = false;
    this.#enter("failed");
  }

  /** @param {EventTarget | null} target */
  #changed(target) {
    if (!(target instanceof HTMLElement)) return;
    const input = /** @type {HTMLInputElement} */ (target);
    const { name, value } = input;
    if (name === "file") return void this.#chosen(input);
    if (name === "paste") return;
    if (name === "encoding" || name === "sheet" || name === "layout") {
      return void this.#again({ ...this.#choices, [name]: value });
    }
    if (name === "decimal") {
      return void this.#again({ ...this.#choices, decimal: value === "," ? "," : "." });
    }
    if (name === "own-decimal-mark") {
      return void this.#again({ ...this.#choices, decimal: value === "decimal" ? "," : "." });
    }
    if (name === "own-same-units") this.#settings.same_units = value;
    if (name === "log") this.#settings.log = input.checked;
    if (name === "reference") this.#settings.order = [value];
    if (name === "unit-in") {
      if (input.checked) this.#leftOut.delete(value);
      else this.#leftOut.add(value);
    }
    if (ROLES.includes(/** @type {Role} */ (name)))
      this.#assigned(/** @type {Role} */ (name), value);
    void this.#analyse();
  }

  /**
   * @param {Role} role
   * @param {string} column
   */
  #assigned(role, column) {
    this.#roles = { ...this.#roles, [role]: column };
    if (role === "treatment") this.#settings.order = [];
    if (role === "treatment" || role === "unit") {
      this.#settings.same_units = "";
      this.#leftOut.clear();
    }
    this.#showReference();
  }

  /** @param {EventTarget | null} target */
  #clicked(target) {
    if (!(target instanceof Element)) return;
    const mark = target.closest("[data-unit]");
    if (mark) return this.#toggled(mark.getAttribute("data-unit") ?? "");
    const action = target.closest("button")?.dataset.action;
    if (action) void ACTIONS[action]?.(this);
  }

  /**
   * A unit that is clicked in the figure is left out; its tick in the list brings it back.
   *
   * @param {string} unit
   */
  #toggled(unit) {
    if (this.#settings.same_units === "renumbered") return;
    this.#leftOut.add(unit);
    /** @type {HTMLDetailsElement} */ (part(this.root, ".own-units")).open = true;
    void this.#analyse();
  }

  /**
   * @param {DragEvent} event
   * @param {boolean} over
   */
  #dragged(event, over) {
    event.preventDefault();
    this.root.toggleAttribute("data-over", over);
  }

  /** @param {DragEvent} event */
  #dropped(event) {
    this.#dragged(event, false);
    const [file] = event.dataTransfer?.files ?? [];
    const text = event.dataTransfer?.getData("text/plain");
    if (file) void this.#take(file);
    else if (text) void this.#load({ text, file: this.labels.read.pasted });
  }

  /** @param {HTMLInputElement} input */
  async #chosen(input) {
    const [file] = input.files ?? [];
    if (file) await this.#take(file);
    input.value = ""; // the same file can be chosen again
  }

  /** @param {File} file */
  async #take(file) {
    this.#enter("busy");
    await this.#load({ bytes: new Uint8Array(await file.arrayBuffer()), file: file.name });
  }

  async #pasted() {
    const text = this.#paste.value;
    if (text.trim() !== "") await this.#load({ text, file: this.labels.read.pasted });
  }

  /**
   * @param {Given} given
   * @param {Omit<Choices, "language">} [choices]
   */
  async #load(given, choices = {}) {
    const turn = ++this.#turn;
    this.#enter("busy");
    await painted();
    try {
      const reading = await this.#read(given, choices);
      if (turn !== this.#turn || this.signal.aborted) return;
      this.#given = given;
      this.#accept(reading, choices);
      await this.#analyse();
    } catch (error) {
      if (turn !== this.#turn) return;
      if (!(error instanceof ReadError)) console.warn("own-data: the file cannot be read");
      const { sentence = "unreadable", values = {} } = error instanceof ReadError ? error : {};
      this.#complain(plain(this.labels.errors[sentence] ?? "", written(values)));
    }
  }

  /**
   * @param {Given} given
   * @param {Omit<Choices, "language">} chosen
   */
  async #read(given, chosen) {
    const choices = { ...chosen, language: this.#language };
    if (given === null) return this.#example();
    if ("text" in given) {
      const known = {
        kind: /** @type {const} */ ("delimited"),
        file: given.file,
        encoding: "utf-8",
      };
      return readString(given.text, known, choices);
    }
    return open(given.bytes, given.file, choices, {
      workbook: () => this.#workbook(),
      html: tableOfHtml,
    });
  }

  async #workbook() {
    if (!globalThis.workbookReader) {
      try {
        await loadScript(this.services.place("own-data-workbook"));
      } catch {
        throw new ReadError("reader_missing");
      }
    }
    if (!globalThis.workbookReader) throw new ReadError("reader_missing");
    return globalThis.workbookReader;
  }

  /**
   * Reads the same file again, as the reader decided.
   *
   * @param {Omit<Choices, "language">} choices
   */
  async #again(choices) {
    const before = this.#roles;
    await this.#load(this.#given, choices);
    const known = new Set(this.#reading.table.columns.map(({ name }) => name));
    if (
      this.#choices !== choices ||
      !ROLES.every((role) => !before[role] || known.has(before[role]))
    )
      return;
    this.#roles = before;
    this.#showReading();
    await this.#analyse();
  }

  /**
   * @param {Reading} reading
   * @param {Omit<Choices, "language">} choices
   */
  #accept(reading, choices) {
    const { roles, reasons } = guess(reading.table, reading.roles);
    this.#reading = reading;
    this.#choices = choices;
    this.#roles = roles;
    this.#settings = { ...UNDECIDED };
    this.#leftOut = new Set();
    this.#reply = null;
    part(this.root, ".own-error").hidden = true;
    part(this.root, ".own-methods").hidden = true;
    /** @type {HTMLInputElement} */ (part(this.root, "input[name=log]")).checked = false;
    const { labels } = this;
    const said = reasons.map(({ name, values }) =>
      plain(labels.reasons[name] ?? "", written(values)),
    );
    part(this.root, ".own-reason").textContent = said.join(" ");
    this.#showReading();
  }

  #showReading() {
    const { labels } = this;
    const { format, table, source, messages } = this.#reading;
    if (this.#given) part(this.root, ".own-read").textContent = this.#described();
    const said = messages.map(({ name, values }) =>
      plain(labels.messages[name] ?? "", written(values)),
    );
    showList(part(this.root, ".own-messages"), said);
    part(this.root, ".own-reading").hidden = this.#given === null;
    offer(
      this.#select("sheet"),
      format.sheets.map((sheet) => [sheet, sheet]),
      format.sheet,
    );
    const isText = this.#given !== null && "bytes" in this.#given && format.kind !== "workbook";
    const encodings = /** @type {[string, string][]} */ (isText ? Object.entries(ENCODINGS) : []);
    offer(this.#select("encoding"), encodings, format.encoding);
    const { options } = labels;
    const marks = /** @type {[string, string][]} */ ([
      [".", options.decimal_point],
      [",", options.decimal_comma],
    ]);
    offer(this.#select("decimal"), format.kind === "delimited" ? marks : [], format.decimal);
    const layouts =
      format.layout === "long" || format.kind === "prism" ? [] : ["long", format.layout];
    const kept = this.#choices.layout === "long" ? ["long", "wide", "nested"] : layouts;
    offer(
      this.#select("layout"),
      kept.map((one) => [one, options[one]]),
      format.layout,
    );
    for (const role of ROLES) {
      const names = /** @type {[string, string][]} */ (
        table.columns.map(({ name }) => [name, name])
      );
      offer(this.#select(role), [["", labels.none], ...names], this.#roles[role]);
    }
    this.#showReference();
    this.#askDecimal();
    const shown = labels.rows_shown
      .replace("{shown}", String(Math.min(8, source.length)))
      .replace("{n}", source.length.toLocaleString("en"));
    const long =
      table === source ? [] : [element("h3", {}, labels.long_table), preview(table, labels)];
    part(this.root, ".own-source .own-scroll").replaceChildren(
      preview(source, labels),
      element("p", {}, shown),
      ...long,
    );
  }

  /** What the file is, in a line. */
  #described() {
    const { read } = this.labels;
    const { format, source } = this.#reading;
    /** @type {Record<string, string>} */
    const delimiters = {
      ",": read.delimiter_comma,
      ";": read.delimiter_semicolon,
      "\t": read.delimiter_tab,
    };
    /** @type {Record<string, string>} */
    const encodings = ENCODINGS;
    const parts = [
      format.sheet && read.sheet.replace("{sheet}", () => format.sheet),
      format.delimiter && (delimiters[format.delimiter] ?? read.delimiter_other),
      format.decimal === "," && read.decimal_comma,
      format.kind === "delimited" && (encodings[format.encoding] ?? format.encoding),
      format.layout !== "long" && read[`layout_${format.layout}`],
    ].filter(Boolean);
    const n = source.length.toLocaleString("en");
    return plain(read.line, written({ file: format.file, n, format: parts.join(", ") }));
  }

  #showReference() {
    const column = this.#reading.table.columns.find(({ name }) => name === this.#roles.treatment);
    const names = column ? levels(column).names.slice(0, 50) : [];
    const [chosen = names[0] ?? ""] = this.#settings.order;
    offer(
      this.#select("reference"),
      names.map((name) => [name, name]),
      chosen,
    );
  }

  /** Asks how `1,234` is meant, where the file does not tell. */
  #askDecimal() {
    const { asksDecimal, format, table } = this.#reading;
    const box = part(this.root, ".own-questions");
    if (!asksDecimal || !this.#hasAsked("decimal-mark")) box.replaceChildren();
    if (!asksDecimal) return;
    const words = this.labels.questions["decimal-mark"];
    const cells = table.columns.find(({ kind }) => kind === "number")?.cells ?? [];
    const example = cells.find((cell) => /\d[.,]\d/.test(cell)) ?? "1,234";
    const value = Math.floor(number(example, example.includes(",") ? "," : ".")?.value ?? 1);
    const values = written({ example, low: String(value), high: String(value + 1) });
    const given =
      this.#choices.decimal === undefined ? "" : format.decimal === "," ? "decimal" : "thousands";
    const answers = /** @type {[string, string][]} */ (
      ["decimal", "thousands"].map((one) => [one, plain(words[one], values)])
    );
    ask(box, question("decimal-mark", plain(words.title, values), answers, given));
  }

  /** @param {string} name */
  #hasAsked(name) {
    return part(this.root, ".own-questions").querySelector(`[data-question=${name}]`) !== null;
  }

  /** @param {Reply["design"]} design */
  #askUnits(design) {
    const box = part(this.root, ".own-questions");
    if (!design.n_renumbered || this.#reading.paired) {
      box.querySelector("[data-question=same-units]")?.remove();
      return;
    }
    const words = this.labels.questions["same-units"];
    const values = written({
      unit: this.#roles.unit,
      n_same: String(design.n_same),
      n_renumbered: String(design.n_renumbered),
    });
    const answers = /** @type {[string, string][]} */ (
      ["same", "renumbered"].map((one) => [one, plain(words[one], values)])
    );
    ask(
      box,
      question("same-units", plain(words.title, values), answers, this.#settings.same_units),
    );
  }

  async #analyse() {
    const turn = ++this.#turn;
    const { asksDecimal, table } = this.#reading;
    if (asksDecimal && this.#choices.decimal === undefined) {
      this.#nothing("asking");
      return this.#enter("asking");
    }
    if (!complete(table, this.#roles)) {
      this.#nothing("incomplete");
      return this.#enter("ready");
    }
    this.#enter(this.#hasPython ? "busy" : "loading");
    try {
      const python = await this.#start();
      const { order, ...rest } = this.#settings;
      const settings = {
        ...rest,
        order,
        left_out: [...this.#leftOut],
        words: this.labels.figure,
        sizes: ["wide", "narrow"],
      };
      const input = request(this.#reading, this.#roles, settings);
      const call = { call: "answer", instrument: "own-data", input };
      const reply = await python.call(call, { signal: this.signal });
      if (turn !== this.#turn || this.signal.aborted) return;
      this.#show(/** @type {Reply} */ (/** @type {unknown} */ (reply)));
    } catch (error) {
      if (turn !== this.#turn || this.signal.aborted) return;
      const isPythons = error instanceof Error && error.name === "PythonError";
      if (isPythons)
        this.#complain(plain(this.labels.errors.failed, written({ problem: error.message })));
      else this.#failed(error);
    }
  }

  /**
   * No numbers: those of an earlier table would be taken for this one's.
   *
   * @param {string} verdict
   */
  #nothing(verdict) {
    this.#reply = null;
    const names = [...this.root.querySelectorAll("[data-readout]")].map((one) =>
      one.getAttribute("data-readout"),
    );
    this.write(
      Object.fromEntries(names.map((name) => [name, { value: null, text: "—", relation: "—" }])),
    );
    show(part(this.root, ".own-verdict"), this.labels.verdicts[verdict], {});
    showList(part(this.root, ".own-remarks"), []);
    part(this.root, ".own-changed").textContent = "";
    part(this.root, ".own-figure").hidden = true;
    part(this.root, ".own-comparisons").replaceChildren();
    this.#units([]);
  }

  /** @param {Reply} reply */
  #show(reply) {
    const { labels } = this;
    this.#reply = reply;
    part(this.root, ".own-error").hidden = true;
    this.#askUnits(reply.design);
    this.write(reply.readouts);
    show(part(this.root, ".own-verdict"), labels.verdicts[reply.verdict] ?? "", reply.readouts);
    const remarks = reply.remarks.map(({ name, values }) =>
      plain(labels.remarks[name] ?? "", written(values)),
    );
    showList(part(this.root, ".own-remarks"), remarks);
    const changed = reply.changed.map((name) => plain(labels.changed[name] ?? "", reply.readouts));
    part(this.root, ".own-changed").textContent = changed.join(" ");
    part(this.root, ".own-same").textContent = plain(labels.figure.same_rows, reply.readouts);
    part(this.root, ".own-figure").hidden = !reply.figures.superplot;
    for (const [name, sizes] of Object.entries(reply.figures)) {
      for (const [size, svg] of Object.entries(sizes)) {
        const frame = part(this.root, `[data-chart=${name}] [data-size=${size}]`);
        frame.replaceChildren(...(svg ? [drawn(svg)] : []));
      }
    }
    part(this.root, ".own-beside").toggleAttribute("data-empty", !reply.figures.intervals?.wide);
    this.#comparisons(reply);
    this.#units(reply.units);
    part(this.root, ".own-methods").hidden = true;
    this.#enter(reply.state);
    this.root.dispatchEvent(new CustomEvent("own-data:result", { bubbles: true }));
  }

  /** @param {Reply} reply */
  #comparisons({ comparisons, design }) {
    const { fields, interval } = this.labels;
    const reference = design.arms[0]?.name ?? "";
    const cell = (/** @type {unknown} */ value) =>
      element(
        "td",
        {},
        typeof value === "number" ? value.toPrecision(3).replace("-", "\u2212") : "—",
      );
    const rows = comparisons.map((one) =>
      element(
        "tr",
        {},
        element("th", { scope: "row" }, `${one.arm} − ${reference}`),
        ...["estimate", "se", "df"].map((name) => cell(one[name])),
        element(
          "td",
          {},
          `${cell(one.low).textContent} ${this.labels.readouts.to} ${cell(one.high).textContent}`,
        ),
        cell(one.p),
        cell(one.p_holm),
      ),
    );
    const names = [
      "",
      fields.estimate,
      fields.se,
      fields.df,
      interval,
      fields.p,
      `${fields.p} (Holm)`,
    ];
    const head = element("tr", {}, ...names.map((name) => element("th", { scope: "col" }, name)));
    const table = element(
      "table",
      { class: "own-preview" },
      element("thead", {}, head),
      element("tbody", {}, ...rows),
    );
    part(this.root, ".own-comparisons").replaceChildren(...(rows.length ? [table] : []));
  }

  /** @param {Reply["units"]} units */
  #units(units) {
    const { columns } = this.labels;
    const out = [...this.#leftOut].map((unit) => ({ unit, arm: "", rows: 0, mean: Number.NaN }));
    const rows = [...units, ...out].map(({ unit, arm, rows: count, mean }) => {
      const tick = element("input", {
        type: "checkbox",
        name: "unit-in",
        value: unit,
        autocomplete: "off",
      });
      tick.checked = !this.#leftOut.has(unit);
      tick.disabled = this.#settings.same_units === "renumbered";
      return element(
        "tr",
        {},
        element("th", { scope: "row" }, element("label", {}, tick, ` ${unit}`)),
        element("td", {}, arm),
        element("td", {}, count ? String(count) : "—"),
        element("td", {}, Number.isNaN(mean) ? "—" : String(Number(mean.toPrecision(4)))),
      );
    });
    const names = [columns.unit, columns.arm, columns.rows, columns.mean];
    const head = element("tr", {}, ...names.map((name) => element("th", { scope: "col" }, name)));
    part(this.root, ".own-units .own-scroll").replaceChildren(
      element(
        "table",
        { class: "own-preview", translate: "no" },
        element("thead", {}, head),
        element("tbody", {}, ...rows),
      ),
    );
  }

  /** The methods paragraph in every language, that of the page first. */
  methods() {
    const reply = this.#reply;
    if (!reply) return;
    const own = this.root.closest("[lang]")?.getAttribute("lang")?.startsWith("zh") ? "zh" : "en";
    const folders = Object.keys(this.live.methods).sort(
      (a, b) => Number(b === own) - Number(a === own),
    );
    const about = {
      numbers: /** @type {Record<string, Written>} */ (reply.readouts),
      design: reply.design,
      roles: this.#roles,
      formula: reply.formula,
      leftOut: [...this.#leftOut],
      reason: part(this.root, ".own-remarks").textContent ?? "",
      units: reply.units,
    };
    const said = folders.flatMap((folder) => {
      const words = this.live.methods[folder];
      const lang = folder === "zh" ? "zh-Hant-TW" : folder;
      return paragraphs(words, about).map((text) => element("p", { lang }, text));
    });
    part(this.root, ".own-paragraphs").replaceChildren(...said);
    part(this.root, ".own-methods").hidden = false;
  }

  copyMethods() {
    const text = [...part(this.root, ".own-paragraphs").children]
      .map((one) => one.textContent)
      .join("\n\n");
    return copyFor(part(this.root, "[data-action=copy-methods]"), text, this.labels.copied);
  }

  /** @param {(reading: Reading, roles: Roles, settled: import("./scripts.js").Settled) => string} write */
  script(write) {
    const reply = this.#reply;
    if (!reply) return "";
    const { design } = reply;
    return write(this.#reading, this.#roles, {
      log: design.log,
      renumbered: this.#settings.same_units === "renumbered",
      order: design.arms.map(({ name }) => name),
      leftOut: [...this.#leftOut],
      kind: design.kind === "within" ? "within" : "between",
      blocks: design.blocks,
      formula: reply.formula,
      stop: design.stop,
    });
  }

  /**
   * Hands out a text as a file.
   *
   * @param {string} text
   * @param {string} ending
   */
  hand(text, ending) {
    if (text) save(new Blob([text], { type: "text/plain;charset=utf-8" }), `own-data.${ending}`);
  }

  tidy() {
    return tidy(this.#reading.table);
  }

  results() {
    return this.#reply ? results(this.#reply.readouts) : "";
  }

  figure() {
    return drawing(part(this.root, ".own-figure"), part(this.root, "h2").textContent ?? "");
  }

  async png() {
    try {
      save(await png(this.figure()), "own-data.png");
    } catch {
      this.#complain(this.labels.png_failed);
    }
  }

  /** Tries again what could not be computed. */
  retry() {
    part(this.root, ".own-error").hidden = true;
    void this.#analyse();
  }

  /** Forgets the table: in this element, in what it shows, and in Python. */
  forget() {
    this.#turn++;
    this.#given = null;
    this.#paste.value = "";
    this.#accept(this.#example(), {});
    this.#roles = /** @type {Roles} */ (this.#reading.roles);
    this.#showReading();
    this.#nothing("incomplete");
    for (const frame of this.root.querySelectorAll(".own-frame")) frame.replaceChildren();
    part(this.root, ".own-paragraphs").replaceChildren();
    part(this.root, ".own-reason").textContent = "";
    part(this.root, ".own-read").textContent = `${this.labels.forgotten} ${this.labels.example}`;
    if (this.#hasPython) this.services.python.renew();
    void this.#analyse();
  }
}

/** @type {Record<string, (own: OwnData) => void | Promise<void>>} */
const ACTIONS = {
  methods: (own) => own.methods(),
  "copy-methods": (own) => own.copyMethods(),
  "r-script": (own) => own.hand(own.script(rScript), "R"),
  "python-script": (own) => own.hand(own.script(pythonScript), "py"),
  csv: (own) => own.hand(own.tidy(), "csv"),
  "results-csv": (own) => own.hand(own.results(), "results.csv"),
  svg: (own) => save(own.figure(), "own-data.svg"),
  png: (own) => own.png(),
  forget: (own) => own.forget(),
  retry: (own) => own.retry(),
};

/**
 * Texts as sentences take them.
 *
 * @param {Record<string, string>} values
 */
function written(values) {
  return Object.fromEntries(Object.entries(values).map(([name, text]) => [name, { text }]));
}

/**
 * The rows of the largest table of a web page, which is never shown.
 *
 * @param {string} html
 * @returns {string[][]}
 */
function tableOfHtml(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const tables = [...page.querySelectorAll("table")].map((one) =>
    [...one.rows].map((row) => [...row.cells].map((cell) => cell.textContent?.trim() ?? "")),
  );
  return tables.sort((a, b) => b.length - a.length)[0] ?? [];
}

/** Lets the browser show the state before a long piece of work. */
function painted() {
  return new Promise((resolve) => setTimeout(resolve));
}
