import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { UserError } from '../domain/errors.ts';
import { invariant } from '../lib/invariant.ts';

/** The App as a process of its own, started as its operator would: by settings in the environment. */
export interface AppProcess {
  /** Where it takes webhooks. */
  readonly url: string;
  /** Rejects when the process ends by itself; never resolves. */
  readonly ended: Promise<never>;
  readonly pid: number;
  /** The last lines of its log. */
  logTail(): string;
  /** Ends it and what it started. May be called twice; never throws. */
  stop(): Promise<void>;
}

type Environment = Readonly<Record<string, string | undefined>>;

const START_LIMIT_MS = 60_000;
/** A second SIGTERM means “at once”: a job under way would get 20 seconds to finish. */
const PATIENCE_MS = 1_500;
const LOG_LINES = 15;

/** The same file runs from the sources, with types stripped, and from the build. */
const PROGRAM = fileURLToPath(
  new URL(`./app-program${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url),
);

/** Starts `firsthand start` and resolves when it takes webhooks. Throws `UserError` when it does not come up. */
export async function startApp(env: Environment, signal: AbortSignal): Promise<AppProcess> {
  signal.throwIfAborted();
  const child = run(['start'], env);
  const tail: string[] = [];
  const { promise: ended, reject: onEnd } = Promise.withResolvers<never>();
  const describe = (what: string): UserError =>
    new UserError(`${what}; the end of its log:\n${tail.map((line) => `  ${line}`).join('\n')}`);
  // Nobody may be waiting when it ends: after the demo, or on Ctrl-C.
  ended.catch(() => undefined);
  const stop = (): Promise<void> => end(child);
  try {
    const url = await new Promise<string>((resolve, reject) => {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(START_LIMIT_MS)]);
      limit.addEventListener('abort', () => reject(describe('the App was not ready in time')), {
        once: true,
      });
      child.once('error', (cause) => reject(new UserError(`could not run ${process.execPath}`, { cause })));
      child.once('exit', (code) => {
        const error = describe(`the App ended with code ${code}`);
        reject(error);
        onEnd(error);
      });
      if (child.stderr === null) return;
      createInterface({ input: child.stderr }).on('line', (line) => {
        tail.push(line);
        if (tail.length > LOG_LINES) tail.shift();
        const address = readyAddress(line);
        if (address !== undefined) resolve(address);
      });
    });
    invariant(child.pid !== undefined, 'a process that told its address has an id');
    return { url, pid: child.pid, ended, logTail: () => tail.join('\n'), stop };
  } catch (error) {
    await stop();
    signal.throwIfAborted();
    throw error;
  }
}

/** Stores a secret as `firsthand secret set` does. */
export async function setSecret(
  env: Environment,
  secret: { readonly repository: string; readonly name: string; readonly value: string },
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const child = run(['secret', 'set', secret.repository, secret.name], env);
  const kill = (): void => void child.kill('SIGKILL');
  signal.addEventListener('abort', kill, { once: true });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8');
  });
  child.stdin?.on('error', () => undefined).end(secret.value);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  signal.removeEventListener('abort', kill);
  signal.throwIfAborted();
  if (code !== 0) throw new UserError(`could not store the secret ${secret.name}: ${said.trim()}`);
}

function run(words: readonly string[], env: Environment): ChildProcess {
  const args = ['--no-warnings', PROGRAM, ...words];
  return spawn(process.execPath, args, { env: { ...env }, stdio: ['pipe', 'ignore', 'pipe'] });
}

/** The log is JSON, an object a line; the one with `ready` says where the server listens. */
function readyAddress(line: string): string | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const entry: unknown = JSON.parse(line);
    if (typeof entry !== 'object' || entry === null || !('msg' in entry) || !('url' in entry))
      return undefined;
    return entry.msg === 'ready' && typeof entry.url === 'string' ? entry.url : undefined;
  } catch {
    // Not a line of the log.
    return undefined;
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timers = [
    setTimeout(() => child.kill('SIGTERM'), PATIENCE_MS),
    setTimeout(() => child.kill('SIGKILL'), 2 * PATIENCE_MS),
  ];
  await gone;
  for (const timer of timers) clearTimeout(timer);
}
