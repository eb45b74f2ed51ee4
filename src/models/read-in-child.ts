import { type ChildProcess, fork } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import type { CodeSource, Memory } from '../agent/ports.ts';
import { ReaderBroken } from '../agent/reader-broken.ts';
import { answerAsk, type FromChild, type Start, type ToChild } from './child-messages.ts';
import type { Gateway } from './gateway.ts';
import { findIsolation } from './isolation.ts';

const MAX_HEAP_MB = 1024;

export interface ChildPorts {
  readonly source: CodeSource;
  readonly memory: Memory;
  /** The only way to the network. */
  readonly gateway: Gateway;
  readonly onSpent: (spent: { readonly usd: number; readonly tokens: number }) => void;
}

/**
 * Lets models read, or explain, in a process of its own, which has no environment, no token, no file but our
 * program, and where the machine can take it away, no network: what it knows is in `start`, what it may ask for goes through `ports`. Its result is checked by `schema`.
 *
 * The process is dead when the promise settles. Rejects with the signal's reason, with what `ports.source` throws, and
 * with `ReaderBroken` when the process breaks.
 */
export async function readInChild<Result>(
  start: Start,
  schema: z.ZodType<Result>,
  ports: ChildPorts,
  signal: AbortSignal,
): Promise<Result> {
  signal.throwIfAborted();
  const { wrapper } = await findIsolation();
  signal.throwIfAborted();
  const child = startChild(wrapper);
  const sending = new Map<number, AbortController>();
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  const breakOff = (why: string): void => reject(new ReaderBroken(`the reading process ${why}`));
  child.on('error', (error) => breakOff(`could not be talked to: ${error.message}`));
  child.on('exit', (code, by) => breakOff(`ended early (${by ?? code})`));
  child.on('message', (message: FromChild) => {
    switch (message.kind) {
      case 'ask':
        answer(message, { ports, sending }, signal).then(
          (value) => send(child, { kind: 'answer', id: message.id, value }),
          reject,
        );
        return;
      case 'drop':
        sending.get(message.id)?.abort();
        return;
      case 'spent':
        ports.onSpent({ usd: message.usd, tokens: message.tokens });
        return;
      case 'done': {
        const parsed = schema.safeParse(message.result);
        if (parsed.success) resolve(parsed.data);
        else breakOff('gave no result of the form that was agreed');
        return;
      }
      case 'failed':
        breakOff(`failed: ${message.message}`);
        return;
    }
  });
  send(child, start);
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', onAbort);
    for (const controller of sending.values()) controller.abort();
    await end(child);
  }
}

/** Answers what the child asks; what it drops before is broken off. */
async function answer(
  { id, ask }: FromChild & { readonly kind: 'ask' },
  { ports, sending }: { readonly ports: ChildPorts; readonly sending: Map<number, AbortController> },
  signal: AbortSignal,
): Promise<unknown> {
  const dropped = new AbortController();
  sending.set(id, dropped);
  try {
    return await answerAsk(ask, ports, AbortSignal.any([signal, dropped.signal]));
  } finally {
    sending.delete(id);
  }
}

function startChild(wrapper: readonly string[]): ChildProcess {
  const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
  const script = realpathSync(fileURLToPath(new URL(`./children/reader-child${extension}`, import.meta.url)));
  const program = dirname(dirname(dirname(script)));
  const ours = realpathSync(createRequire(import.meta.url).resolve('ai'));
  const modules = ours.slice(0, ours.indexOf('/node_modules/') + '/node_modules'.length);
  const readable = [program, modules, join(dirname(program), 'package.json'), process.execPath];
  const [execPath, ...before] = [...wrapper, process.execPath];
  return fork(script, [], {
    // Where the wrapper is found; Node itself is named by its whole path.
    env: wrapper.length === 0 ? {} : { PATH: process.env.PATH },
    execPath: execPath ?? process.execPath,
    execArgv: [
      ...before,
      '--permission',
      ...readable.map((path) => `--allow-fs-read=${path}`),
      `--max-old-space-size=${MAX_HEAP_MB}`,
      '--no-warnings',
    ],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}

/** A process that has just ended takes no more answers, which is no trouble: its end is told by its exit. */
function send(child: ChildProcess, message: ToChild): void {
  if (child.connected) child.send(message, () => {});
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  child.once('exit', () => resolve());
  child.kill('SIGKILL');
  await promise;
}
