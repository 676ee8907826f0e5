import assert from "node:assert/strict";
import { test } from "node:test";
import { excerpt, marked } from "../../browser/search/excerpt.js";
import { find, places } from "../../browser/search/find.js";
import { folded, learnVariants, origins, terms } from "../../browser/search/fold.js";
import { parts } from "../../browser/search/segment.js";

learnVariants("随隨应應统統计計检檢验驗");

const PAGES = [
  {
    language: "en",
    path: "en/a/index.html",
    title: "Mixed models",
    sections: [
      ["", "", "What they are for."],
      ["fits", "Fits", "lmer('y ~ x + (1 | mouse)') fits.", ""],
      ["other", "Other", "glmer is for counts.", "# the p value of a t test"],
      ["p", "p value", "How surprising the data are."],
    ],
  },
  {
    language: "zh-Hant-TW",
    path: "zh/a/index.html",
    title: "混合模型",
    sections: [["power", "檢定力", "統計檢定的力。自由度 · 2。95% 的信賴區間。隨機效應。"]],
  },
];

const found = (query) => find(places(PAGES), query).map(({ id }) => id);

test("case, accents, width, hyphens and quotes do not matter", () => {
  assert.equal(folded("Ｎaïve “t–test”"), 'naive "t-test"');
});

test("spaces around a sign do not matter", () => {
  assert.equal(folded("n = 3"), folded("n=3"));
  assert.equal(folded("(1 | mouse)"), folded("(1|mouse)"));
});

test("a folded place leads back to where it was in the text", () => {
  const text = "a = ﬁt";
  assert.deepEqual(origins(text), [0, 2, 4, 4, 5, 6]);
});

test("a word is looked for once", () => {
  assert.deepEqual(terms("p  P p"), ["p"]);
});

test("simplified characters find traditional ones, and the other way round", () => {
  assert.deepEqual(found("随机效应"), found("隨机效應"));
  assert.deepEqual(found("统计"), ["power"]);
});

test("a formula is found with and without its spaces", () => {
  assert.deepEqual(found("(1|mouse)"), ["fits"]);
  assert.deepEqual(found("(1 | mouse)"), ["fits"]);
});

test("compounds that never stand unbroken are found by their parts", () => {
  assert.deepEqual(found("統計檢定力"), ["power"]);
  assert.deepEqual(found("95%信賴區間"), ["power"]);
  assert.deepEqual(found("自由度2"), ["power"]);
});

test("words that say nothing are not looked for", () => {
  assert.deepEqual(found("the fits"), ["fits"]);
  assert.deepEqual(find(places(PAGES), "the").length > 0, true);
});

test("where no section has every word, those with most of them are found", () => {
  assert.deepEqual(found("counts vs surprising").toSorted(), ["other", "p"]);
});

test("a heading comes before a text, and both before a comment of code", () => {
  assert.deepEqual(found("p value"), ["p", "other"]);
});

test("a page's title comes before a section's heading", () => {
  assert.equal(found("mixed models")[0], "");
});

test("what is nowhere is not found", () => {
  assert.deepEqual(found("zebra"), []);
  assert.deepEqual(found("  "), []);
});

test("words are parted where Chinese begins and ends", () => {
  assert.deepEqual(parts("95%信賴"), ["95%", "信賴"]);
});

test("where the browser knows no words, pairs of characters have to do", () => {
  const { Segmenter } = Intl;
  Reflect.deleteProperty(Intl, "Segmenter");
  try {
    assert.deepEqual(parts("檢定力"), ["檢定", "定力"]);
    assert.deepEqual(parts("力"), ["力"]);
  } finally {
    Intl.Segmenter = Segmenter;
  }
});

test("every match is marked, and overlapping ones once", () => {
  const pieces = marked("Mixed models, mixed up", "mixed mix");
  assert.deepEqual(
    pieces.filter((piece) => piece.marked).map(({ text }) => text),
    ["Mixed", "mixed"],
  );
  assert.equal(pieces.map(({ text }) => text).join(""), "Mixed models, mixed up");
});

test("an excerpt begins at a word before the match and ends at one behind it", () => {
  const text = `${"word ".repeat(40)}needle ${"more ".repeat(60)}`;
  const shown = excerpt(text, "needle");
  assert.match(shown, /^…word .*needle more .*more…$/);
  assert.ok(shown.length < 200);
});
