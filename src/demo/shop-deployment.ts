import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { UserError } from '../domain/errors.ts';
import { createGitObjects } from '../git/git-objects.ts';
import { TEST_ACCOUNT } from './sample.ts';

/** A running copy of the shop. */
export interface ShopDeployment {
  /** Without a slash at the end. */
  readonly url: string;
  /** Ends the process and removes its files. May be called twice; never throws. */
  stop(): Promise<void>;
}

export interface ShopSource {
  /** A repository that `createShopRepository` built. */
  readonly repository: string;
  /** Full name of the commit to deploy. */
  readonly commit: string;
}

const START_LIMIT_MS = 20_000;
const STOP_LIMIT_MS = 3_000;

/**
 * Loaded before the shop: ends the process, and removes the folder it runs in, when the pipe on its standard input
 * closes, which the system does when the parent is gone, however it went.
 */
const END_WITH_PARENT = `data:text/javascript,${encodeURIComponent(`
  import { rmSync } from 'node:fs';
  const end = () => {
    rmSync(process.cwd(), { recursive: true, force: true });
    process.exit();
  };
  process.stdin.on('end', end).on('error', end).resume();
`)}`;

/**
 * Deploys one commit of the shop on a port of 127.0.0.1 (a free one unless named) and resolves when it answers.
 * Throws `UserError` when it does not start.
 */
export async function startShop(
  source: ShopSource,
  options: { readonly port?: number; readonly signal?: AbortSignal } = {},
): Promise<ShopDeployment> {
  const signal = options.signal ?? new AbortController().signal;
  const folder = await mkdtemp(join(tmpdir(), 'firsthand-deployment-'));
  let child: ChildProcess | undefined;
  const stop = async (): Promise<void> => {
    if (child !== undefined) await end(child);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    await checkOut(source, folder, signal);
    signal.throwIfAborted();
    child = spawn(process.execPath, ['--no-warnings', '--import', END_WITH_PARENT, 'src/server.ts'], {
      cwd: folder,
      env: { PORT: String(options.port ?? 0), SHOP_PASSWORD: TEST_ACCOUNT.password },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    return { url: await readAddress(child, signal), stop };
  } catch (cause) {
    await stop();
    signal.throwIfAborted();
    const port = options.port === undefined ? '' : ` on port ${options.port}`;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(`could not start the sample shop at ${source.commit.slice(0, 7)}${port}: ${why}`, {
      cause,
    });
  }
}

async function checkOut(source: ShopSource, folder: string, signal: AbortSignal): Promise<void> {
  const objects = createGitObjects(source.repository, 'the sample shop');
  const paths = (await objects.listTree(source.commit, signal)).map((entry) => entry.path);
  for (const [path, bytes] of await objects.readFiles(source.commit, paths, signal)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
}

/** Waits for the line with which the shop says where it listens. */
async function readAddress(child: ChildProcess, signal: AbortSignal): Promise<string> {
  let said = '';
  let complained = '';
  const limit = AbortSignal.any([signal, AbortSignal.timeout(START_LIMIT_MS)]);
  return new Promise<string>((resolve, reject) => {
    const fail = (what: string): void => reject(new Error(`${what}. ${errorLine(complained)}`.trim()));
    child.once('error', (error) => fail(`${process.execPath} could not be run: ${error.message}`));
    child.once('exit', (code) => fail(`it ended with code ${code} before it was ready`));
    limit.addEventListener('abort', () => fail('it was not ready in time'), { once: true });
    child.stderr?.on('data', (chunk: Buffer) => {
      complained = (complained + chunk.toString('utf8')).slice(-4_000);
    });
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      const address = /open at (http:\/\/127\.0\.0\.1:\d+)\n/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
  });
}

function errorLine(text: string): string {
  return /^.*Error: .*$/m.exec(text)?.[0].trim() ?? '';
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await gone;
  clearTimeout(killer);
}
