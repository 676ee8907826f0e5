import assert from "node:assert/strict";
import { test } from "node:test";
import { csv } from "../../browser/page/downloads.js";
import { newestWins } from "../../browser/simulator/latest.js";
import { Repeats } from "../../browser/simulator/repeats.js";
import { plain } from "../../browser/simulator/sentence.js";

/** Counts as a worker does: `count` more than `done`. */
const python = {
  call: async ({ done, count }, { signal } = {}) => {
    signal?.throwIfAborted();
    return { done: done + count, tally: { n: [done + count] } };
  },
};

const none = async () => {};

test("1,000 repeats and then 10,000 end at 10,000", async () => {
  const repeats = new Repeats("nested", 250);
  assert.equal(await repeats.run(python, { n: 1 }, 1000, none), "complete");
  assert.equal(repeats.done, 1000);
  await repeats.run(python, { n: 1 }, 10_000, none);
  assert.equal(repeats.done, 10_000);
});

test("as many again are added once that many are there", async () => {
  const repeats = new Repeats("nested", 500);
  await repeats.run(python, {}, 1000, none);
  await repeats.run(python, {}, 1000, none);
  assert.equal(repeats.done, 2000);
});

test("other values are counted from nothing", async () => {
  const repeats = new Repeats("nested", 500);
  await repeats.run(python, { n: 1 }, 1000, none);
  await repeats.run(python, { n: 2 }, 500, none);
  assert.equal(repeats.done, 500);
});

test("a run that is stopped keeps what it has counted", async () => {
  const repeats = new Repeats("nested", 100);
  const progress = async ({ done }) => done === 300 && repeats.stop();
  assert.equal(await repeats.run(python, {}, 1000, progress), "stopped");
  assert.equal(repeats.done, 300);
});

test("at most one piece of work runs and one waits, and the newest wins", async () => {
  const seen = [];
  let finish = none;
  let rests = 0;
  const submit = newestWins(
    (request) => {
      seen.push(request);
      return new Promise((resolve) => {
        finish = resolve;
      });
    },
    () => {
      rests += 1;
    },
  );
  submit(1);
  submit(2);
  submit(3);
  assert.deepEqual(seen, [1]);
  finish();
  await new Promise(setImmediate);
  assert.deepEqual(seen, [1, 3]);
  assert.equal(rests, 0);
  finish();
  await new Promise(setImmediate);
  assert.equal(rests, 1);
});

test("a number is put into a sentence, with its relation where asked for", () => {
  const numbers = { p: { text: ".03", relation: "= .03" }, n: { text: "6" } };
  assert.equal(plain("**p {=p}** of {n}, {missing}", numbers), "p\u00a0=\u00a0.03 of 6, {missing}");
});

test("a table is written as RFC 4180 has it", () => {
  const columns = { 'the "name"': ["a,b", 'say "x"', null], n: [1, 2.5, 3] };
  assert.equal(csv(columns), '"the ""name""",n\r\n"a,b",1\r\n"say ""x""",2.5\r\n,3\r\n');
});

test("an interval that there is not is one dash", () => {
  const none = { text: "—", relation: "= —" };
  assert.equal(plain("from {a} to {b}.", { a: none, b: none }), "from —.");
  assert.equal(plain("{a}至{b}，{c}", { a: none, b: none, c: { text: "1" } }), "—，1");
  assert.equal(plain("{a} to {b}", { a: none, b: { text: "1" } }), "— to 1");
});
