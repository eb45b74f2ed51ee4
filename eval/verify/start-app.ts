import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AppName } from '../../examples/bank/variant.ts';

/** A running app of the bank. */
export interface RunningApp {
  /** Without a slash at the end. */
  readonly url: string;
  /** What the process has written to its standard error. */
  complaints(): string;
  /** Ends the process. May be called twice. */
  stop(): Promise<void>;
}

const START_LIMIT_MS = 15_000;

/** Starts the app in `folder` on a free port and resolves when it listens. Throws with its own words when it does not. */
export async function startApp(app: AppName, folder: string): Promise<RunningApp> {
  const script = app === 'shop' ? 'src/server.ts' : 'server.ts';
  const child = spawn(
    process.execPath,
    ['--no-warnings', script, ...(app === 'shop' ? [] : ['--port', '0'])],
    {
      cwd: folder,
      env: { PORT: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const ended = once(child, 'exit');
  let complained = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complained = (complained + chunk.toString('utf8')).slice(-4_000);
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await ended;
  };
  let said = '';
  const url = await new Promise<string | undefined>((resolve) => {
    const limit = setTimeout(() => resolve(undefined), START_LIMIT_MS);
    child.once('exit', () => resolve(undefined));
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      const address = /open at (http:\/\/127\.0\.0\.1:\d+)\n/.exec(said)?.[1];
      if (address === undefined) return;
      clearTimeout(limit);
      resolve(address);
    });
  });
  if (url === undefined) {
    await stop();
    throw new Error(`${app} did not start: ${complained}`);
  }
  return { url, complaints: () => complained, stop };
}
