import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { PythonError, StartError } from "../../browser/python/python.js";
import { RestartingPython } from "../../browser/python/restarting-python.js";
import { Files } from "../../browser/worker/files.js";
import { isolate } from "../../browser/worker/isolation.js";
import { unzip } from "../../browser/worker/unzip.js";

const URL_ = new URL("https://site.example/runtime/file.bin");
const BYTES = new TextEncoder().encode("a file of this build");
const CHECKSUMS = { "file.bin": createHash("sha256").update(BYTES).digest("hex") };

/** A server that answers in turn as it is told, and remembers what it was asked. */
function server(...answers) {
  const asked = [];
  const ask = async (url, init = {}) => {
    asked.push({ url: String(url), range: init.headers?.Range, cache: init.cache });
    return answers.shift()();
  };
  return { ask, asked };
}

const whole = () => new Response(BYTES);

/** A response that breaks off once its first bytes have been read. */
function broken(bytes, headers = { "accept-ranges": "bytes" }) {
  let sent = false;
  const pull = (controller) => {
    if (sent) controller.error(new TypeError("network"));
    else controller.enqueue(bytes);
    sent = true;
  };
  return new Response(new ReadableStream({ pull }, { highWaterMark: 0 }), { headers });
}

test("a file that matches its checksum is given", async () => {
  const { ask } = server(whole);
  const bytes = await new Files(ask, { checksums: CHECKSUMS }).bytes(URL_);
  assert.deepEqual(bytes, BYTES);
});

test("one that does not is fetched once more, past every cache", async () => {
  const { ask, asked } = server(() => new Response("html"), whole);
  assert.deepEqual(await new Files(ask, { checksums: CHECKSUMS }).bytes(URL_), BYTES);
  assert.deepEqual(
    asked.map(({ cache }) => cache),
    [undefined, "reload"],
  );
});

test("if it differs again it is corrupt", async () => {
  const { ask } = server(
    () => new Response("html"),
    () => new Response("html"),
  );
  const files = new Files(ask, { checksums: CHECKSUMS });
  await assert.rejects(files.bytes(URL_), { reason: "corrupt", message: /file\.bin.*checksum/ });
});

test("an error of the server is told with its number", async () => {
  const { ask } = server(() => new Response("", { status: 404 }));
  await assert.rejects(new Files(ask).bytes(URL_), { reason: "http", message: /404/ });
});

test("a download that breaks off goes on where it was", async () => {
  const rest = () =>
    new Response(BYTES.slice(5), {
      status: 206,
      headers: { "content-range": `bytes 5-${BYTES.length - 1}/${BYTES.length}` },
    });
  const { ask, asked } = server(() => broken(BYTES.slice(0, 5)), rest);
  assert.deepEqual(await new Files(ask, { checksums: CHECKSUMS }).bytes(URL_), BYTES);
  assert.equal(asked[1].range, "bytes=5-");
});

test("a server that starts over is listened to from the start", async () => {
  const { ask } = server(() => broken(BYTES.slice(0, 5)), whole);
  assert.deepEqual(await new Files(ask, { checksums: CHECKSUMS }).bytes(URL_), BYTES);
});

test("what is compressed on its way cannot be continued", async () => {
  const headers = { "accept-ranges": "bytes", "content-encoding": "gzip" };
  const { ask, asked } = server(() => broken(BYTES.slice(0, 5), headers), whole);
  await new Files(ask, { checksums: CHECKSUMS }).bytes(URL_);
  assert.equal(asked[1].range, undefined);
});

test("a download that breaks off again and again fails, and is continued by the next", async () => {
  const start = () => broken(BYTES.slice(0, 5));
  const refused = () => new Response("", { status: 200 });
  const received = {};
  const failing = new Files(server(start, start, start, refused).ask, { received });
  await assert.rejects(failing.bytes(URL_), { reason: "network" });
  assert.equal(received[URL_.href].bytes.length, 5);
  const next = server(whole);
  await new Files(next.ask, { received }).bytes(URL_);
  assert.equal(next.asked[0].range, "bytes=5-");
});

test("a file that came whole before is not fetched again", async () => {
  const received = { [URL_.href]: { bytes: BYTES, complete: true } };
  assert.equal(await new Files(server().ask, { received }).bytes(URL_), BYTES);
});

test("a server that sends nothing is given up", async () => {
  const silent = () => new Response(new ReadableStream({ pull: () => new Promise(() => {}) }));
  const files = new Files(server(silent, silent, silent).ask, { patience: 10 });
  await assert.rejects(files.bytes(URL_), { reason: "timeout" });
});

test("every byte that comes is counted", async () => {
  let counted = 0;
  const count = (bytes) => {
    counted += bytes;
  };
  await new Files(server(whole).ask, { count }).bytes(URL_);
  assert.equal(counted, BYTES.length);
});

test("a gzipped file is given as it was", async () => {
  const { ask } = server(() => new Response(gzipSync(BYTES)));
  assert.deepEqual(new Uint8Array(await new Files(ask).decompressed(URL_)), BYTES);
});

test("what is no archive is corrupt", async () => {
  await assert.rejects(new Files(server(whole).ask).decompressed(URL_), { reason: "corrupt" });
  assert.throws(() => unzip(BYTES.buffer), /does not end as a zip file does/);
});

test("a worker loses network and storage, wherever they are inherited from", () => {
  class Scope {
    get caches() {
      return {};
    }
    fetch() {}
  }
  const scope = new Scope();
  scope.importScripts = () => {};
  Object.defineProperty(scope, "indexedDB", { value: {}, configurable: false });
  assert.deepEqual(isolate(scope), ["indexedDB"]);
  assert.equal(scope.fetch, undefined);
  assert.equal(scope.caches, undefined);
  assert.equal(scope.importScripts, undefined);
});

/** A Python that fails its first calls with these errors. */
function pythons(...errors) {
  let started = 0;
  const begin = async () => {
    started += 1;
    const one = {
      alive: true,
      close() {},
      async call() {
        const error = errors.shift();
        if (!error) return { started };
        one.alive = !(error instanceof StartError);
        throw error;
      },
    };
    return one;
  };
  return new RestartingPython(begin);
}

const GONE = new StartError("worker", "the worker is gone");

test("a worker that dies is replaced, and its request sent once more", async () => {
  assert.deepEqual(await pythons(GONE).call({ call: "simulate" }), { started: 2 });
});

test("if that dies too the request fails", async () => {
  await assert.rejects(pythons(GONE, GONE).call({ call: "simulate" }), { reason: "worker" });
});

test("a reader's code, which may have killed it, is not run again", async () => {
  await assert.rejects(pythons(GONE).call({ call: "run" }), { reason: "worker" });
});

test("an exception in Python is no reason to start another", async () => {
  const python = pythons(new PythonError("ValueError", "no"));
  await assert.rejects(python.call({ call: "simulate" }), { kind: "ValueError" });
  assert.deepEqual(await python.call({ call: "simulate" }), { started: 1 });
});
