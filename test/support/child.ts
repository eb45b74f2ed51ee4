import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A child process that is listened to line by line. */
export interface Child {
  readonly pid: number;
  /** Resolves when the child has said this line, or has said it before; rejects when it ends without. */
  said(line: string): Promise<void>;
  lines(): readonly string[];
  /** Kills it as nothing can refuse, and waits for the end. */
  kill(): Promise<void>;
  /** Waits for its end and returns the exit code, with what it said on standard error. */
  ended(): Promise<{ readonly code: number | null; readonly stderr: string }>;
}

/** Runs a TypeScript file of this folder in another process. */
export function startChild(file: string, args: readonly string[]): Child {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  const waiting = new Map<string, PromiseWithResolvers<void>>();
  let stderr = '';
  let hasEnded = false;
  const silence = (line: string): Error => new Error(`ended without saying “${line}”: ${stderr}`);
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line);
    waiting.get(line)?.resolve();
  });
  const exit = once(child, 'close').then(() => {
    hasEnded = true;
    for (const [line, { reject }] of waiting) reject(silence(line));
    return { code: child.exitCode, stderr };
  });
  if (child.pid === undefined) throw new Error(`could not start ${path}`);
  return {
    pid: child.pid,
    said(line) {
      if (lines.includes(line)) return Promise.resolve();
      if (hasEnded) return Promise.reject(silence(line));
      const deferred = waiting.get(line) ?? Promise.withResolvers<void>();
      waiting.set(line, deferred);
      return deferred.promise;
    },
    lines: () => lines,
    async kill() {
      child.kill('SIGKILL');
      await exit;
    },
    ended: () => exit,
  };
}
