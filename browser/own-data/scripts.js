/** @import { Reading, Role, Roles } from "./types.js" */

import { levels } from "./levels.js";

/**
 * Scripts in R and Python that read the reader's own file as the page read it, and print the
 * numbers of its table.
 *
 * @typedef {object} Settled
 * @property {boolean} log
 * @property {boolean} renumbered
 * @property {string[]} order arms, the reference first
 * @property {string[]} leftOut units
 * @property {"between" | "within"} kind
 * @property {string} blocks
 * @property {string} formula as the engine was given it; "" if there was no mixed model
 * @property {string | null} stop why nothing was tested
 */

const MISSING = ["", "na", "n/a", "#n/a", "null", ".", "nan", "#div/0!", "#value!", "#ref!"];

/** @type {Record<string, [string, string]>} encodings as R and as Python call them */
const ENCODINGS = {
  "utf-8": ["UTF-8-BOM", "utf-8-sig"],
  "utf-16le": ["UTF-16", "utf-16"],
  "utf-16be": ["UTF-16", "utf-16"],
  big5: ["BIG5", "big5"],
  gb18030: ["GB18030", "gb18030"],
  "windows-1252": ["CP1252", "cp1252"],
  "windows-1250": ["CP1250", "cp1250"],
  "windows-1251": ["CP1251", "cp1251"],
  macintosh: ["MACINTOSH", "mac_roman"],
  shift_jis: ["SHIFT_JIS", "shift_jis"],
  "euc-jp": ["EUC-JP", "euc_jp"],
  "euc-kr": ["EUC-KR", "euc_kr"],
};

const ROLES = /** @type {Role[]} */ (["response", "treatment", "unit", "subunit", "block"]);

/**
 * A text as a literal of both languages.
 *
 * @param {string} text
 */
function quoted(text) {
  return JSON.stringify(text);
}

/**
 * What both scripts need to know of a reading: whether the file itself can be read, or the tidy CSV
 * that the page hands out is read instead.
 *
 * @param {Reading} reading
 * @param {Roles} roles
 */
function plan(reading, roles) {
  const { format, source, table, roles: fixed } = reading;
  const isOwn = format.kind === "delimited" || format.kind === "workbook";
  const layout = isOwn ? format.layout : "long";
  const columns = (layout === "wide" ? source : table).columns;
  const places = ROLES.flatMap((role) => {
    const place = columns.findIndex(({ name }) => name === roles[role]);
    return roles[role] && place >= 0 ? [{ role, place: place + 1 }] : [];
  });
  const made = layout !== "long" && roles.response === fixed.response;
  const chosen = levelsOf(reading, fixed.treatment ?? "").map(
    (name) => source.columns.findIndex((column) => column.name === name) + 1,
  );
  const unit =
    layout === "wide" ? source.columns.findIndex(({ name }) => name === roles.unit) + 1 : 0;
  return {
    isOwn,
    layout: made ? layout : "long",
    places,
    chosen,
    unit,
    file: isOwn ? format.file : "tidy.csv",
    format: isOwn
      ? format
      : {
          ...format,
          kind: /** @type {const} */ ("delimited"),
          encoding: "utf-8",
          delimiter: ",",
          decimal: /** @type {const} */ ("."),
          skipped: 0,
          hasHeader: true,
        },
  };
}

/**
 * @param {Reading} reading
 * @param {string} name
 */
function levelsOf({ table }, name) {
  const column = table.columns.find((one) => one.name === name);
  return column ? levels(column).names : [];
}

/**
 * @param {Reading} reading
 * @param {Roles} roles
 * @param {Settled} settled
 */
export function rScript(reading, roles, settled) {
  const { isOwn, layout, places, chosen, unit, file, format } = plan(reading, roles);
  const [encoding] = ENCODINGS[format.encoding] ?? ["UTF-8-BOM"];
  const thousands =
    format.decimal === "."
      ? "[,'\\u2019 \\u00a0\\u2009\\u202f]"
      : "[.'\\u2019 \\u00a0\\u2009\\u202f]";
  const read =
    format.kind === "workbook"
      ? `raw <- as.data.frame(readxl::read_excel(file, sheet = ${quoted(format.sheet)}, col_names = FALSE, col_types = "text", skip = ${format.skipped}))`
      : `connection <- file(file, encoding = ${quoted(encoding)})
lines <- readLines(connection, warn = FALSE)
close(connection)
${format.skipped ? `lines <- lines[-seq_len(${format.skipped})]\n` : ""}fields <- max(count.fields(textConnection(lines), sep = ${quoted(format.delimiter || ",")}, quote = "\\"", comment.char = ""), na.rm = TRUE)
raw <- read.table(text = lines, sep = ${quoted(format.delimiter || ",")}, quote = "\\"", header = FALSE,
                  col.names = paste0("V", seq_len(fields)), colClasses = "character", fill = TRUE,
                  comment.char = "", na.strings = character(), flush = TRUE)`;
  const take = {
    long: `${format.hasHeader ? "raw <- raw[-1, ]\n" : ""}d <- data.frame(${places
      .map(
        ({ role, place }) =>
          `${role} = ${role === "response" ? "number" : "label"}(raw[[${place}]])`,
      )
      .join(", ")})`,
    wide: `header <- gsub("\\\\s+", " ", trimws(unlist(raw[1, ])))
raw <- raw[-1, ]
d <- do.call(rbind, lapply(c(${chosen.join(", ")}), function(k) data.frame(
  response = number(raw[[k]]), treatment = header[k], unit = ${unit ? `label(raw[[${unit}]])` : "as.character(seq_len(nrow(raw)))"})))
d <- d[!is.na(d$response), ]`,
    nested: `group <- trimws(unlist(raw[1, ]))
for (k in seq_along(group)) if (group[k] == "") group[k] <- group[k - 1]
d <- do.call(rbind, lapply(seq_along(group), function(k) data.frame(
  response = number(raw[-(1:2), k]), treatment = group[k], unit = trimws(raw[2, k]))))
d <- d[!is.na(d$response), ]`,
  }[layout];
  return `${comment(isOwn)}
suppressPackageStartupMessages({library(lme4); library(lmerTest)}) # and pbkrtest, for Kenward-Roger
file <- ${quoted(file)}

missing <- c(${MISSING.map(quoted).join(", ")})
label <- function(x) { x <- trimws(x); x[tolower(x) %in% missing] <- NA; x }
number <- function(x) {
  x <- gsub("[\\u2212\\u2013]", "-", label(x))
  x <- sub("^([+-]?[0-9.,'\\u2019 \\u00a0\\u2009\\u202f]*([eE][+-]?[0-9]+)?).*$", "\\\\1", x)
  x <- sub(",", ".", gsub(${quoted(thousands).replaceAll("\\\\u", "\\u")}, "", x), fixed = TRUE)
  suppressWarnings(as.numeric(x))
}
${read}
${take}
d <- d[complete.cases(d[c("response", "treatment", "unit")]), ]
d$treatment <- factor(d$treatment, levels = c(${settled.order.map(quoted).join(", ")}))
${settled.renumbered ? "d$unit <- paste(d$treatment, d$unit)\n" : ""}${settled.leftOut.length ? `d <- droplevels(d[!d$unit %in% c(${settled.leftOut.map(quoted).join(", ")}), ])\n` : ""}${settled.log ? "d$response <- log(d$response)\n" : ""}
say <- function(name, value) cat(sprintf("%-15s %.10g\\n", name, value))
say("n_rows", nrow(d))
say("n_units", length(unique(d$unit)))
${settled.stop ? "# Nothing is tested: see the page for the reason.\n" : rAnalysis(settled)}`;
}

/** @param {Settled} settled */
function rAnalysis({ order, kind, blocks, formula }) {
  const two = order.length === 2;
  const naive = two
    ? 'say("naive.p", t.test(response ~ treatment, d, var.equal = TRUE)$p.value)'
    : 'say("naive.p", anova(lm(response ~ treatment, d))[["Pr(>F)"]][1])';
  const over = blocks === "nested" ? "block" : blocks === "crossed" ? "block + unit" : "unit";
  const welch = two
    ? 'say("means.p", t.test(response ~ treatment, u)$p.value)'
    : 'say("means.p", anova(lm(response ~ treatment, u))[["Pr(>F)"]][1])';
  const paired = two
    ? `w <- reshape(u, idvar = "unit", timevar = "treatment", direction = "wide")
w <- w[complete.cases(w), ]
say("means.p", t.test(w[[3]], w[[2]], paired = TRUE)$p.value)`
    : 'say("means.p", anova(lm(response ~ unit + treatment, u))["treatment", "Pr(>F)"])';
  const block = 'say("means.p", anova(lm(response ~ block + treatment, u))["treatment", "Pr(>F)"])';
  const means = kind === "within" ? paired : blocks === "crossed" ? block : welch;
  const mixed = two
    ? `row <- coef(summary(model, ddf = "Kenward-Roger"))[2, ]
margin <- qt(0.975, row[["df"]]) * row[["Std. Error"]]
say("mixed.estimate", row[["Estimate"]])
say("mixed.se", row[["Std. Error"]])
say("mixed.df", row[["df"]])
say("mixed.p", row[["Pr(>|t|)"]])
say("mixed.low", row[["Estimate"]] - margin)
say("mixed.high", row[["Estimate"]] + margin)`
    : 'say("mixed.p", anova(model, ddf = "Kenward-Roger")["treatment", "Pr(>F)"])';
  const ours = formula.replace(/^y/, "response").replace("arm", "treatment");
  return `
${naive}
u <- aggregate(response ~ ${kind === "within" ? "unit" : over} + treatment, d, mean)
${means}
${
  formula &&
  `
model <- lmer(${ours}, d, control = lmerControl(check.conv.singular = "ignore"))
${mixed}
variances <- as.data.frame(VarCorr(model))
say("icc.estimate", variances$vcov[variances$grp == "unit"] / sum(variances$vcov))
`
}`;
}

/** @param {boolean} isOwn */
function comment(isOwn) {
  return isOwn
    ? "# Reads the table as the page read it, and prints the numbers of the page."
    : "# Reads the tidy CSV that the page hands out (saved as tidy.csv), and prints the numbers of the page.";
}

/**
 * @param {Reading} reading
 * @param {Roles} roles
 * @param {Settled} settled
 */
export function pythonScript(reading, roles, settled) {
  const { isOwn, layout, places, chosen, unit, file, format } = plan(reading, roles);
  const [, encoding] = ENCODINGS[format.encoding] ?? ["", "utf-8-sig"];
  const read =
    format.kind === "workbook"
      ? `import openpyxl
sheet = openpyxl.load_workbook(FILE, data_only=True)[${quoted(format.sheet)}]
raw = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)][${format.skipped}:]`
      : `text = open(FILE, encoding=${quoted(encoding)}, newline="").read()
text = text.replace("\\r\\n", "\\n").replace("\\r", "\\n").lstrip("\\ufeff")
${format.skipped ? `text = text.split("\\n", ${format.skipped})[-1]\n` : ""}raw = list(csv.reader(io.StringIO(text, newline=""), delimiter=${quoted(format.delimiter || ",")}))`;
  const thousands =
    format.decimal === "."
      ? "[,'\\u2019 \\u00a0\\u2009\\u202f]"
      : "[.'\\u2019 \\u00a0\\u2009\\u202f]";
  const cells = (/** @type {number} */ place) => `cell(row, ${place - 1})`;
  const take = {
    long: `rows = [{${places
      .map(
        ({ role, place }) =>
          `"${role}": ${role === "response" ? "number" : "label"}(${cells(place)})`,
      )
      .join(", ")}} for row in raw${format.hasHeader ? "[1:]" : ""}]`,
    wide: `header = [" ".join(name.split()) for name in raw[0]]
rows = [
    {"response": number(cell(row, k)), "treatment": header[k], "unit": ${unit ? `label(${cells(unit)})` : "str(place)"}}
    for place, row in enumerate(raw[1:], 1) for k in (${chosen.map((k) => `${k - 1}, `).join("")})
]`,
    nested: `group = []
for name in raw[0]:
    group.append(name.strip() or group[-1])
rows = [
    {"response": number(cell(row, k)), "treatment": group[k], "unit": raw[1][k].strip()}
    for k in range(len(raw[1])) for row in raw[2:]
]`,
  }[layout];
  return `${comment(isOwn)}
import csv
import io
import math
import re

import numpy as np
from lmm import lm, lmer, t_test  # the engine of the site, which can be installed from it

FILE = ${quoted(file)}
MISSING = {${MISSING.map(quoted).join(", ")}}


def cell(row, place):
    return row[place] if place < len(row) else ""


def label(text):
    text = text.strip()
    return None if text.lower() in MISSING else text


def number(text):
    text = label(text)
    if text is None:
        return None
    text = re.sub("[\\u2212\\u2013]", "-", text)
    text = re.match(r"[+-]?[0-9.,'\\u2019 \\u00a0\\u2009\\u202f]*([eE][+-]?[0-9]+)?", text)[0]
    text = re.sub(r"${thousands}", "", text).replace(",", ".")
    try:
        return float(text)
    except ValueError:
        return None


${read}
${take}
rows = [r for r in rows if r["response"] is not None and r["treatment"] and r["unit"]]
${settled.renumbered ? 'for r in rows:\n    r["unit"] = r["treatment"] + " " + r["unit"]\n' : ""}${settled.leftOut.length ? `rows = [r for r in rows if r["unit"] not in (${settled.leftOut.map(quoted).join(", ")},)]\n` : ""}arms = [${settled.order.map(quoted).join(", ")}]
y = np.array([r["response"] for r in rows])
${settled.log ? "y = np.log(y)\n" : ""}arm = np.array([arms.index(r["treatment"]) for r in rows])
unit = np.array([r["unit"] for r in rows])


def say(name, value):
    print(f"{name:15} {value:.10g}")


def means(keys):
    """The mean of each group, and the row where it begins."""
    _, first, codes = np.unique(keys, return_index=True, return_inverse=True)
    return np.bincount(codes, y) / np.bincount(codes), first


say("n_rows", len(y))
say("n_units", len(set(unit)))
${settled.stop ? "# Nothing is tested: see the page for the reason.\n" : pythonAnalysis(settled)}`;
}

/** @param {Settled} settled */
function pythonAnalysis({ order, kind, blocks, formula }) {
  const two = order.length === 2;
  const f = (/** @type {string} */ name, /** @type {string} */ model, /** @type {string} */ data) =>
    `fit = lm(${quoted(model)}, ${data})
say("${name}", fit.test(np.eye(len(fit.fixef))[[k.startswith("arm") for k in fit.fixef]]).p)`;
  const text = '[f"{k:02d}" for k in arm]';
  const naive = two
    ? 'say("naive.p", t_test(y[arm == 1], y[arm == 0]).p)'
    : f("naive.p", "y ~ arm", `{"y": y, "arm": ${text}}`);
  const block = 'block = np.array([r["block"] for r in rows])\n';
  const group = blocks === "nested" ? "block" : "unit";
  const own = `mean, first = means(${group})
own = arm[first]
`;
  const labels = '[f"{k:02d}" for k in own]';
  const between = two
    ? 'say("means.p", t_test(mean[own == 1], mean[own == 0], var_equal=False).p)'
    : f("means.p", "y ~ arm", `{"y": mean, "arm": ${labels}}`);
  const crossed = f(
    "means.p",
    "y ~ arm + block",
    `{"y": mean, "arm": ${labels}, "block": block[first]}`,
  );
  const within = two
    ? `both = [u for u in sorted(set(unit)) if len(set(arm[unit == u])) == 2]
pair = np.array([[y[(unit == u) & (arm == k)].mean() for k in (0, 1)] for u in both])
say("means.p", t_test(pair[:, 1], pair[:, 0], paired=True).p)`
    : `mean, first = means([f"{u} {k}" for u, k in zip(unit, arm)])
own = arm[first]
${f("means.p", "y ~ arm + unit", `{"y": mean, "arm": ${labels}, "unit": unit[first]}`)}`;
  const means = kind === "within" ? within : own + (blocks === "crossed" ? crossed : between);
  const mixed = two
    ? `row = fit.coefficients("Kenward-Roger")["arm01"]
for field in ("estimate", "se", "df", "p", "low", "high"):
    say(f"mixed.{field}", getattr(row, field))`
    : 'say("mixed.p", fit.anova("Kenward-Roger")["arm"].p)';
  const extra = formula.includes("subunit") ? ', "subunit": [r["subunit"] for r in rows]' : "";
  const blocked = formula.includes("block") ? ', "block": [r["block"] for r in rows]' : "";
  return `
${naive}
${blocks === "crossed" || blocks === "nested" ? block : ""}${means}
${
  formula &&
  `
fit = lmer(${quoted(formula)}, {"y": y, "arm": ${text}, "unit": unit${extra}${blocked}})
${mixed}
variance = {one.group: one.vcov for one in fit.varcorr}
say("icc.estimate", variance["unit"] / sum(variance.values()))
`
}`;
}
