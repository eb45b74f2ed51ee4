import { type ChildProcess, fork } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import type { CodeSource, Memory } from '../agent/ports.ts';
import { ReaderBroken } from '../agent/reader-broken.ts';
import { answerAsk, type FromChild, type Start, type ToChild } from './child-messages.ts';

const MAX_HEAP_MB = 1024;
/** How the network is reached; all that the process gets of the environment. */
const NETWORK = ['NODE_EXTRA_CA_CERTS', 'NODE_USE_ENV_PROXY', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'];

export interface ChildPorts {
  readonly source: CodeSource;
  readonly memory: Memory;
  readonly onSpent: (spent: { readonly usd: number; readonly tokens: number }) => void;
}

/**
 * Lets models read, or explain, in a process of its own, which has no environment but how to reach the network, no token and no file
 * but our program: what it knows is in `start`, what it may ask for goes through `ports`. Its result is checked by `schema`.
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
  const child = startChild();
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  const breakOff = (why: string): void => reject(new ReaderBroken(`the reading process ${why}`));
  child.on('error', (error) => breakOff(`could not be talked to: ${error.message}`));
  child.on('exit', (code, by) => breakOff(`ended early (${by ?? code})`));
  child.on('message', (message: FromChild) => {
    switch (message.kind) {
      case 'ask':
        answerAsk(message.ask, ports, signal).then(
          (value) => send(child, { kind: 'answer', id: message.id, value }),
          reject,
        );
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
    await end(child);
  }
}

function startChild(): ChildProcess {
  const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
  const script = realpathSync(fileURLToPath(new URL(`./children/reader-child${extension}`, import.meta.url)));
  const program = dirname(dirname(dirname(script)));
  const ours = realpathSync(createRequire(import.meta.url).resolve('ai'));
  const modules = ours.slice(0, ours.indexOf('/node_modules/') + '/node_modules'.length);
  const readable = [program, modules, join(dirname(program), 'package.json'), process.execPath];
  return fork(script, [], {
    env: Object.fromEntries(
      NETWORK.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
    ),
    execArgv: [
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
