/** What the page and its worker say to each other. */

/**
 * Why there is no Python:
 * - `network`: a file did not come; `http`: the server answered with an error
 * - `webassembly`: the browser has none, or what came is none; `memory`: there is too little
 * - `worker`: the browser starts no worker here, or it died; `engine`: Python itself did not start
 * - `timeout`: nothing was heard for two minutes
 */
export type Reason =
  | "network"
  | "http"
  | "webassembly"
  | "memory"
  | "worker"
  | "engine"
  | "timeout";

/** Addresses in full; and the files themselves, gzipped, in base64, where none can be fetched. */
export interface Places {
  runtime: string;
  models: string;
  files?: Record<string, string> | undefined;
}

/** To the worker: once, first, where its files are; then requests, with what they call. */
export type Request = { start: Places } | Question;

export interface Question {
  id: number;
  call: string;
  request: string;
}

/**
 * From the worker while it starts: so many bytes more have come, then ready or failed. One that was
 * ready early may still fail, if what comes later does not come.
 */
export type News =
  | { loaded: number }
  | { ready: true }
  | { failed: { reason: Reason; message: string } };

/** From the worker, once for each request. After a fatal error it answers no more. */
export type Answer =
  | { id: number; reply: string }
  | { id: number; error: { name: string; message: string }; fatal: boolean };

declare global {
  /** Lets Python run in the page: the worker's script defines it where it runs in none. */
  var servePython: ((port: MessagePort) => void) | undefined;
}
