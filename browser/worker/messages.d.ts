/** Messages between a page and the worker that runs its Python. */

/**
 * Why there is no Python:
 * - `network`: a file could not be fetched; `http`: the server answered with an error
 * - `corrupt`: a file's bytes are not those of the build; `timeout`: no bytes came for too long
 * - `newer`: the server has a newer build, and no longer this one's files
 * - `webassembly`: the browser has none; `memory`: there is too little
 * - `worker`: the browser starts no worker here, or it died; `engine`: Python itself failed to start
 */
export type Reason =
  | "network"
  | "http"
  | "corrupt"
  | "timeout"
  | "newer"
  | "webassembly"
  | "memory"
  | "worker"
  | "engine";

/** SHA-256 in hexadecimal by file name. */
export type Checksums = Record<string, string>;

/** Bytes of a file received so far by an attempt that failed. */
export interface Received {
  bytes: Uint8Array<ArrayBuffer>;
  complete: boolean;
}

/** Absolute addresses; and the files themselves, gzipped, in base64, where none can be fetched. */
export interface Places {
  runtime: string;
  models: string;
  /** The worker's own script, whose name changes with its content. */
  worker: string;
  files?: Record<string, string> | undefined;
  checksums?: Checksums | undefined;
  /** What an earlier attempt received, by address. */
  received?: Record<string, Received> | undefined;
  /** Milliseconds without bytes after which a download is given up. */
  patience?: number | undefined;
  /** The lock that the worker holds while it lives. */
  lock?: string | undefined;
}

/** To the worker: once, first, where its files are; then requests, with what they call. */
export type Request = { start: Places } | Question;

export interface Question {
  id: number;
  call: string;
  request: string;
}

/**
 * From the worker while it starts: the number of bytes that have come since, then ready or failed.
 * One that was ready may still fail, if what is fetched afterwards does not come.
 */
export type News =
  | { loaded: number }
  | { ready: true; locked: boolean }
  | { failed: { reason: Reason; message: string }; received?: Record<string, Received> };

/** From the worker, once for each request. After a fatal error it answers no more. */
export type Answer =
  | { id: number; reply: string }
  | { id: number; error: { name: string; message: string }; fatal: boolean };

declare global {
  /** Lets Python run in the page: the worker's script defines it where it runs in none. */
  var servePython: ((port: MessagePort) => void) | undefined;
}
