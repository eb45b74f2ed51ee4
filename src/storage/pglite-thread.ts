import { Worker } from 'node:worker_threads';
import type { PgliteCall, PgliteReply, PgliteRequest } from './pglite-messages.ts';
import type { Row } from './ports.ts';

/** PGlite in a thread of its own, spoken to by messages. */
export interface PgliteThread {
  call(call: PgliteCall): Promise<Row[]>;
  /** Hears of `NOTIFY channel`; resolves when it does, with what ends it. */
  listen(channel: string, listener: (payload: string) => void): Promise<() => Promise<void>>;
  /** Ends the thread. */
  end(): Promise<void>;
}

/** Opens the folder, making the database when there is none. Rejects when PGlite cannot open it. */
export async function startPgliteThread(folder: string): Promise<PgliteThread> {
  // The same file runs from the sources, with types stripped, and from the build.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`./pglite-worker.${extension}`, import.meta.url), { workerData: folder });
  const ready = Promise.withResolvers<void>();
  const calls = createCalls((request) => worker.postMessage(request));
  const listeners = new Map<string, Set<(payload: string) => void>>();
  const fail = (error: Error): void => {
    ready.reject(error);
    calls.fail(error);
  };
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('the embedded database has ended')));
  worker.on('message', (reply: PgliteReply) => {
    switch (reply.kind) {
      case 'ready':
        return ready.resolve();
      case 'broken':
        return fail(new Error(reply.message));
      case 'notification':
        for (const listener of listeners.get(reply.channel) ?? []) listener(reply.payload);
        return;
      case 'rows':
      case 'error':
        return calls.settle(reply);
    }
  });
  try {
    await ready.promise;
  } catch (error) {
    await worker.terminate();
    throw error;
  }
  return {
    call: (call) => calls.call(call),
    async listen(channel, listener) {
      const known = listeners.get(channel) ?? new Set();
      listeners.set(channel, known.add(listener));
      // Listening again to the same channel changes nothing.
      await calls.call({ op: 'listen', channel });
      return async () => {
        known.delete(listener);
        if (known.size === 0) await calls.call({ op: 'unlisten', channel });
      };
    },
    async end() {
      await worker.terminate();
    },
  };
}

type Settlement = Extract<PgliteReply, { readonly kind: 'rows' | 'error' }>;

/** Pairs requests with their answers. */
function createCalls(post: (request: PgliteRequest) => void) {
  const waiting = new Map<number, PromiseWithResolvers<Row[]>>();
  let lastId = 0;
  let ended: Error | undefined;
  return {
    call(call: PgliteCall): Promise<Row[]> {
      if (ended !== undefined) return Promise.reject(ended);
      lastId += 1;
      const deferred = Promise.withResolvers<Row[]>();
      waiting.set(lastId, deferred);
      post({ ...call, id: lastId });
      return deferred.promise;
    },
    settle(reply: Settlement): void {
      const deferred = waiting.get(reply.id);
      waiting.delete(reply.id);
      if (reply.kind === 'rows') deferred?.resolve(reply.rows);
      else deferred?.reject(withCode(reply.message, reply.code));
    },
    /** Rejects what waits, and everything after it. */
    fail(error: Error): void {
      ended ??= error;
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    },
  };
}

/** An error as the drivers of real servers throw it: the SQLSTATE in `code`. */
function withCode(message: string, code: string | undefined): Error {
  return Object.assign(new Error(message), code === undefined ? {} : { code });
}
