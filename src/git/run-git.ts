import { spawn } from 'node:child_process';
import { invariant } from '../lib/invariant.ts';

/** What one git command needs. Nothing of our own environment reaches git but the search path. */
export interface GitCall {
  /** The bare repository to work in; absent for a command that finds its own (`cwd`). */
  readonly gitDir?: string;
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
  /** The index to work on in place of the repository's own. */
  readonly indexFile?: string;
  /** Settings for this one call, passed in the environment so that no value shows in a process list. */
  readonly config?: Readonly<Record<string, string>>;
  /** Transports that git may use; none unless named. */
  readonly protocols?: string;
  readonly maxBytes?: number;
  readonly signal: AbortSignal;
}

export interface GitResult {
  /** -1 when git was ended by a signal. */
  readonly code: number;
  readonly stdout: Buffer;
  /** The end of what git said, for an error message. */
  readonly stderr: string;
}

/**
 * Settings that win over those of a repository we do not trust. Each of these keys can name a program to run:
 * https://git-scm.com/docs/git-config. Commands that read one of the rest (diff drivers, textconv, filters) only ever
 * run in a repository of our own making, whose configuration is ours.
 */
const SAFE_CONFIG: Readonly<Record<string, string>> = {
  'safe.directory': '*',
  'core.fsmonitor': 'false',
  'core.hooksPath': '/dev/null',
  'core.sshCommand': 'false',
  'core.askPass': 'true',
  'core.pager': 'cat',
  'core.attributesFile': '/dev/null',
  'core.quotePath': 'true',
  'credential.helper': '',
  'diff.external': '',
  'gc.auto': '0',
  'maintenance.auto': 'false',
  'gpg.program': 'false',
  'protocol.ext.allow': 'never',
  'uploadpack.packObjectsHook': '',
};

const MAX_BYTES = 256 * 1024 * 1024;
const MAX_STDERR = 4096;

/**
 * Runs the git program, never through a shell, and resolves when it and its children have ended.
 *
 * Resolves for every exit code. Rejects when git cannot be started, prints more than `maxBytes`, or the signal is
 * aborted (with the signal's reason); the whole process group is killed then.
 */
export async function runGit(args: readonly string[], call: GitCall): Promise<GitResult> {
  call.signal.throwIfAborted();
  const child = spawn('git', args, {
    cwd: call.cwd ?? '/',
    env: gitEnvironment(call),
    stdio: ['pipe', 'pipe', 'pipe'],
    // A group of its own: a fetch has helpers of its own that must end with it.
    detached: true,
  });
  const kill = (): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // The group is gone already.
    }
  };
  call.signal.addEventListener('abort', kill, { once: true });
  try {
    return await collect(child, call, kill);
  } finally {
    call.signal.removeEventListener('abort', kill);
  }
}

async function collect(child: ReturnType<typeof spawn>, call: GitCall, kill: () => void): Promise<GitResult> {
  const { stdin, stdout, stderr } = child;
  invariant(stdin !== null && stdout !== null && stderr !== null, 'git runs with pipes');
  const maxBytes = call.maxBytes ?? MAX_BYTES;
  const chunks: Buffer[] = [];
  let bytes = 0;
  let said = '';
  stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) kill();
    else chunks.push(chunk);
  });
  stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-MAX_STDERR);
  });
  // git may end before it has read everything; its exit code tells the story.
  stdin.on('error', () => undefined);
  stdin.end(call.input ?? '');
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', (cause) => reject(new Error('could not start git: is it installed?', { cause })));
    child.once('close', (exitCode) => resolve(exitCode ?? -1));
  });
  call.signal.throwIfAborted();
  if (bytes > maxBytes) throw new GitOutputTooLarge(maxBytes);
  return { code, stdout: Buffer.concat(chunks), stderr: said.trim() };
}

/** git printed more than we are ready to hold. */
export class GitOutputTooLarge extends Error {
  override readonly name = 'GitOutputTooLarge';

  constructor(maxBytes: number) {
    super(`git printed more than ${maxBytes} bytes`);
  }
}

function gitEnvironment(call: GitCall): NodeJS.ProcessEnv {
  const config = Object.entries({ ...SAFE_CONFIG, ...call.config });
  return {
    PATH: process.env.PATH,
    LC_ALL: 'C',
    HOME: '/nonexistent',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_NO_LAZY_FETCH: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_ALLOW_PROTOCOL: call.protocols ?? 'none',
    ...(call.gitDir === undefined ? {} : { GIT_DIR: call.gitDir }),
    ...(call.indexFile === undefined ? {} : { GIT_INDEX_FILE: call.indexFile }),
    GIT_CONFIG_COUNT: String(config.length),
    ...Object.fromEntries(
      config.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  };
}

/** The last thing git said, on one line, without control characters. */
export function lastLine(stderr: string): string {
  const line = stderr.split('\n').at(-1) ?? '';
  return line.replace(/\p{Cc}/gu, ' ').slice(0, 300) || 'git gave no reason';
}
