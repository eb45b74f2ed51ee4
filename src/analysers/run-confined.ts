import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { availableParallelism, constants } from 'node:os';
import { createGate } from '../lib/create-gate.ts';
import { bubblewrapArguments, type Confinement, UNSHARE } from './confinement.ts';

/** One program over untrusted input. */
export interface ConfinedCall {
  readonly program: string;
  readonly args: readonly string[];
  /** Files and folders that the program may read. */
  readonly readable: readonly string[];
  readonly cwd: string;
  /** Its whole environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly timeoutMs: number;
  /** Processor time, where the machine can limit it; a process that exceeds it counts as timed out. */
  readonly maxCpuSeconds?: number;
  readonly maxOutputBytes?: number;
  /** Address space, in bytes, also what is only set aside; for V8 it is many times what is used. */
  readonly maxMemoryBytes: number;
  /** What it may write to of its own, in bytes: what it really takes, where stacks of threads are small. */
  readonly maxDataBytes?: number;
}

/** How the program ended. A crash and a hang are outcomes, not errors: input can cause both. */
export type ConfinedResult =
  | { readonly kind: 'exited'; readonly code: number; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'crashed'; readonly why: string; readonly stdout: string }
  | { readonly kind: 'timed-out'; readonly afterMs: number; readonly stdout: string }
  | { readonly kind: 'too-much-output' };

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
const MAX_STDERR = 4096;
/** A shell and our wrappers report a signal as 128 + its number. */
const SIGNAL_BASE = 128;
const { SIGKILL } = constants.signals;
/** How `unshare` reports a program that was killed: it tries to let the same signal end itself. */
const UNSHARE_SAYS_KILLED = /^unshare: sigprocmask unblock failed/m;

/** More at once than there are processors would only hold more memory. */
const MAX_CHILDREN = 4;
const enter = createGate(Math.max(2, Math.min(MAX_CHILDREN, availableParallelism())));

/**
 * Runs a program as confined as this machine allows, and resolves when it and its descendants are dead.
 *
 * Only so many run at a time as there are processors; its time is counted from its start. Rejects only when the program cannot be started, or with the signal's reason when it is aborted.
 */
export async function runConfined(
  call: ConfinedCall,
  confinement: Confinement,
  signal: AbortSignal,
): Promise<ConfinedResult> {
  return await enter(() => run(call, confinement, signal));
}

async function run(
  call: ConfinedCall,
  confinement: Confinement,
  signal: AbortSignal,
): Promise<ConfinedResult> {
  signal.throwIfAborted();
  const [program, ...args] = commandLine(call, confinement);
  const child = spawn(program, args, {
    cwd: call.cwd,
    // The wrappers are found on PATH; inside bubblewrap the environment is `call.env` alone.
    env: { PATH: process.env.PATH, ...call.env },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const killing = killerOf(child);
  const abort = (): void => killing.kill('aborted');
  signal.addEventListener('abort', abort, { once: true });
  const timer = setTimeout(() => killing.kill('timed-out'), call.timeoutMs);
  try {
    const result = await collect(child, call, killing);
    signal.throwIfAborted();
    return result;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
    killing.kill('aborted');
  }
}

function commandLine(call: ConfinedCall, { rung, hasLimits }: Confinement): readonly [string, ...string[]] {
  const limits = hasLimits
    ? [
        'prlimit',
        '--stack=unlimited',
        `--as=${call.maxMemoryBytes}`,
        '--core=0',
        ...furtherLimits(call),
        '--',
      ]
    : [];
  const inner = [...limits, call.program, ...call.args];
  const path: readonly [string, string] = ['PATH', '/usr/bin:/bin'];
  if (rung === 'bubblewrap') {
    const environment = [path, ...Object.entries(call.env)];
    return ['bwrap', ...bubblewrapArguments(call.readable, environment, call.cwd), ...inner];
  }
  if (rung === 'network namespace') return ['unshare', ...UNSHARE, ...inner];
  const [first = call.program, ...rest] = inner;
  return [first, ...rest];
}

/**
 * The processor's limit is soft and hard at once: in a namespace of its own a program is the first process, which a soft
 * limit does not end.
 */
function furtherLimits({ maxCpuSeconds, maxDataBytes }: ConfinedCall): readonly string[] {
  return [
    ...(maxCpuSeconds === undefined ? [] : [`--cpu=${maxCpuSeconds}`]),
    ...(maxDataBytes === undefined ? [] : [`--data=${maxDataBytes}`]),
  ];
}

interface Killing {
  reason: 'aborted' | 'timed-out' | 'too-much-output' | undefined;
  kill(reason: 'aborted' | 'timed-out' | 'too-much-output'): void;
}

function killerOf(child: ChildProcessWithoutNullStreams): Killing {
  return {
    reason: undefined,
    kill(reason) {
      this.reason ??= reason;
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // Nothing of the group is left.
      }
    },
  };
}

async function collect(
  child: ChildProcessWithoutNullStreams,
  call: ConfinedCall,
  killing: Killing,
): Promise<ConfinedResult> {
  const maxBytes = call.maxOutputBytes ?? MAX_OUTPUT_BYTES;
  const chunks: Buffer[] = [];
  let bytes = 0;
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) killing.kill('too-much-output');
    else chunks.push(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString('utf8')).slice(-MAX_STDERR);
  });
  // A program that crashes does not read to the end; how it ended is known below.
  child.stdin.on('error', () => undefined);
  child.stdin.end(call.input ?? '');
  const [code, signalName] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', (cause) => reject(new Error(`could not start ${call.program}`, { cause })));
    child.once('close', (...ended) => resolve(ended));
  });
  const text = Buffer.concat(chunks).toString('utf8');
  if (killing.reason === 'timed-out') return { kind: 'timed-out', afterMs: call.timeoutMs, stdout: text };
  if (killing.reason === 'too-much-output') return { kind: 'too-much-output' };
  const isKilled =
    signalName === 'SIGKILL' || code === SIGNAL_BASE + SIGKILL || UNSHARE_SAYS_KILLED.test(stderr);
  if (call.maxCpuSeconds !== undefined && isKilled)
    return { kind: 'timed-out', afterMs: call.maxCpuSeconds * 1000, stdout: text };
  if (code === null || code >= SIGNAL_BASE) {
    const how = signalName ?? `signal ${(code ?? SIGNAL_BASE) - SIGNAL_BASE}`;
    return { kind: 'crashed', why: `${how}${stderr === '' ? '' : `: ${lastLine(stderr)}`}`, stdout: text };
  }
  return { kind: 'exited', code, stdout: text, stderr };
}

function lastLine(text: string): string {
  return (text.trim().split('\n').at(-1) ?? '').slice(0, 300);
}
