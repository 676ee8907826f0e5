import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { decode } from "../../browser/own-data/decode.js";
import { harmless, tidy } from "../../browser/own-data/export.js";
import { number, typed } from "../../browser/own-data/numbers.js";
import { open } from "../../browser/own-data/open.js";
import { guess } from "../../browser/own-data/roles.js";

const encoder = new TextEncoder();
const readers = {
  workbook: () => import("../../browser/own-data/workbook.js"),
  html: () => [],
};

/** @param {string} text */
const read = (text, choices = {}) =>
  open(encoder.encode(text), "a.csv", { language: "en", ...choices }, readers);

/** @param {string} name */
const file = (name, language = "en") =>
  open(
    new Uint8Array(readFileSync(new URL(`../own_data/files/${name}`, import.meta.url))),
    name,
    { language },
    readers,
  );

const numbersOf = ({ table }, name) => table.columns.find((one) => one.name === name)?.numbers;
const refused = (text) => assert.rejects(read(text), (error) => error.sentence !== undefined);

test("a number is read by its decimal mark, and thousands only in whole groups", () => {
  assert.equal(number("1,045,442.22", ".")?.value, 1045442.22);
  assert.equal(number("0,435", ",")?.value, 0.435);
  assert.equal(number("0,435", "."), null);
  assert.equal(number("12,34", "."), null);
  assert.equal(number("−5.2", ".")?.value, -5.2);
  assert.equal(number("1 234,5", ",")?.value, 1234.5);
  assert.deepEqual(number("12.3 mg", "."), { value: 12.3, unit: "mg" });
  assert.equal(number("+/+", "."), null);
  assert.equal(number("1e-3", ".")?.value, 0.001);
});

test("cells with units are numbers if they share one, labels otherwise", () => {
  assert.equal(typed("a", ["1 mg", "2 mg", "NA"], ".").column.kind, "number");
  assert.equal(typed("a", ["1a", "1b", "2a"], ".").column.kind, "text");
});

test("missing cells are missing, never zero, and one word among numbers is named", () => {
  const many = ["1.5", "", "NA", "#N/A", "null", ".", "N/A", "-"];
  assert.deepEqual(typed("a", many, ".").column.numbers, [1.5, ...Array(7).fill(null)]);
  const cells = [...Array(19).fill("1"), "broken"];
  assert.deepEqual(typed("a", cells, ".").odd, [19]);
});

test("the delimiter is the one with columns of numbers, with its decimal mark", async () => {
  const reading = await read("a;b;c\nx, 1;0,5;2,5\ny, 2;0,25;3,5\n", { layout: "long" });
  assert.deepEqual([reading.format.delimiter, reading.format.decimal], [";", ","]);
  assert.deepEqual(numbersOf(reading, "b"), [0.5, 0.25]);
});

test("whole columns like 1,234 are asked about unless another column decides", async () => {
  const asked = await read("u\ty\na\t1,234\nb\t2,345\n");
  assert.equal(asked.asksDecimal, true);
  const told = await read("u\ty\tz\na\t1,234\t0.5\nb\t2,345\t1.25\n");
  assert.equal(told.asksDecimal, false);
  assert.deepEqual(numbersOf(told, "y"), [1234, 2345]);
  const german = await read("u;y\na;1.234\nb;2.345\n");
  assert.equal(german.asksDecimal, true);
});

test("bytes that are legal in several encodings are read as the one that makes sense", () => {
  const micro = new Uint8Array([0x4c, 0x20, 0xb5, 0x6d, 0x0a, 0xb5, 0x6d]);
  assert.equal(decode(micro, "zh-Hant-TW").encoding, "windows-1252");
  const utf16 = new Uint8Array([...Buffer.from("a,b\n1,2\n", "utf16le")]);
  assert.equal(decode(utf16, "en").text, "a,b\n1,2\n");
});

test("Big5 and GB18030 are told apart in either language of the page", async () => {
  for (const language of ["en", "zh-Hant-TW"]) {
    assert.equal((await file("big5_slices.csv", language)).format.encoding, "big5");
    assert.equal((await file("gb18030_counts.csv", language)).format.encoding, "gb18030");
  }
});

test("headers are squeezed, numbered where they come again, and named where there is none", async () => {
  const reading = await read('a,"b\n  c",a,\nx,1,2,3\ny,2,3,4\n');
  assert.deepEqual(
    reading.table.columns.map(({ name }) => name),
    ["a", "b c", "a (2)", "Column 4"],
  );
});

test("a ragged line is named by its number, also after cells that span lines", async () => {
  const reading = await read('a,b,c\n"x\ny",1,2\nz,3,4\nw,5\n');
  assert.deepEqual(reading.messages[0], {
    name: "ragged_line",
    values: { lines: "5", width: "3" },
  });
});

test("a wide table becomes a long one, whose rows are one unit if they have a label", async () => {
  const paired = await read("id,A,B\nm1,1.5,2.5\nm2,2.5,3.1\n");
  assert.deepEqual([paired.format.layout, paired.paired, paired.roles.unit], ["wide", true, "id"]);
  const loose = await read("A,B\n1.5,2.4\n2.5,3.1\n,4.2\n");
  assert.deepEqual([loose.paired, loose.table.length], [false, 5]);
  const chosen = await read("id,A,B\nm1,1.5,2.5\nm2,2.5,3.1\n", { layout: "long" });
  assert.equal(chosen.table, chosen.source);
});

test("a title above the header is not the header, two header rows are", async () => {
  const titled = await read("My experiment,,\n,,\nu,g,y\na,x,1\nb,z,2\n");
  assert.deepEqual([titled.format.skipped, titled.table.columns.length], [2, 3]);
  const nested = await read("A,,B\n1,2,1\n5.1,6,7\n5.2,,8\n");
  assert.deepEqual([nested.format.layout, nested.table.length], ["nested", 5]);
});

test("Prism's values that are excluded or empty are not used", async () => {
  const reading = await file("nested.pzfx");
  assert.equal(reading.table.length, 38);
  assert.equal(new Set(reading.table.columns[0]?.cells).size, 8);
});

test("what is no table is refused by what it is", async () => {
  await refused("");
  await refused("Dear Dr Lin\n\nThank you.\n");
  await refused("Length\n1.5\n2.5\n");
  await assert.rejects(file("photo.csv"), { sentence: "picture" });
  const damaged = new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0]);
  await assert.rejects(open(damaged, "a.xlsx", { language: "en" }, readers), {
    sentence: "broken_zip",
  });
});

test("roles are guessed from structure, with a reason", async () => {
  const { table } = await file("plain.csv");
  const { roles, reasons } = guess(table);
  assert.deepEqual([roles.response, roles.treatment, roles.unit], ["Value", "Treatment", "Mouse"]);
  assert.equal(reasons[0]?.name, "constant");
  const blocked = guess((await file("plate.xlsx")).table);
  assert.equal(blocked.roles.block, "Day");
});

test("no cell of an exported file is a formula, and labels and numbers stay as they are", () => {
  assert.equal(harmless("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0");
  assert.equal(harmless("@SUM(1,2)"), "'@SUM(1,2)");
  assert.equal(harmless("+1 scored twice"), "'+1 scored twice");
  for (const kept of ["+/+", "-/-", "-5.2", "−", "-"]) assert.equal(harmless(kept), kept);
});

test("an exported file has a byte order mark, and decimal points whatever the file had", async () => {
  const { table } = await read('u;y\na;0,5\n"b;""c";1,5\n');
  assert.equal(tidy(table), '\ufeffu,y\r\na,0.5\r\n"b;""c",1.5\r\n');
});

test("500 columns and 20,000 rows are read", async () => {
  const header = Array.from({ length: 500 }, (_, k) => `c${k}`).join(",");
  const row = Array.from({ length: 500 }, (_, k) => k / 8).join(",");
  assert.equal((await read(`${header}\n${row}\n${row}\n`)).table.columns.length, 500);
  const rows = Array.from({ length: 20_000 }, (_, k) => `u${k % 9},${k % 3 ? "a" : "b"},${k / 7}`);
  assert.equal((await read(`u,g,y\n${rows.join("\n")}`)).table.length, 20_000);
});
