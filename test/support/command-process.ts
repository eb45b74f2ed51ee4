import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The command line in a process of its own. */
export interface CommandProcess {
  /** Resolves when standard error has the text; rejects when the process ends without. */
  says(text: string | RegExp): Promise<string>;
  signal(name: NodeJS.Signals): void;
  /** Ends its standard input, and waits for it to end. */
  ended(): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
}

const program = fileURLToPath(new URL('../../src/demo/app-program.ts', import.meta.url));

/** Starts `firsthand` with these words, this environment and nothing else. `input` goes to standard input. */
export function startCommand(
  words: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>>; readonly input?: string },
): CommandProcess {
  const { PATH, FIRSTHAND_BROWSER_PATH, NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, [program, ...words], {
    cwd: options.cwd,
    env: { PATH, FIRSTHAND_BROWSER_PATH, NODE_COMPILE_CACHE, HOME: options.cwd, ...options.env },
    stdio: 'pipe',
  });
  const written = { stdout: '', stderr: '' };
  let onWritten = (): void => {};
  child.stdout.on('data', (chunk) => {
    written.stdout += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    written.stderr += String(chunk);
    onWritten();
  });
  if (options.input !== undefined) child.stdin.end(options.input);
  const exit = once(child, 'close').then(() => ({ code: child.exitCode, ...written }));
  return {
    says(text) {
      const found = Promise.withResolvers<string>();
      onWritten = () => {
        const match = typeof text === 'string' ? written.stderr.includes(text) : text.exec(written.stderr);
        if (match === true) found.resolve(written.stderr);
        else if (match !== false && match !== null) found.resolve(match[1] ?? match[0]);
      };
      onWritten();
      const ended = exit.then(({ code, stderr }) => {
        throw new Error(`ended with ${code} without saying ${String(text)}: ${stderr}`);
      });
      return Promise.race([found.promise, ended]);
    },
    signal: (name) => void child.kill(name),
    ended: () => exit,
  };
}
