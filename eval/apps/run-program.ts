import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** What became of a program that has ended. */
export interface Ended {
  /** Absent when it could not be started, or was ended because it took too long. */
  readonly code: number | undefined;
  /** The end of what it wrote, to either stream. */
  readonly said: string;
}

/** Runs a program to its end, without a shell; never throws. After `limitMs` it is ended, its children with it. */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly limitMs: number },
): Promise<Ended> {
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  noteGroup(child.pid);
  let said = '';
  const keep = (chunk: Buffer): void => {
    said = (said + chunk.toString('utf8')).slice(-8_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  let isLate = false;
  const limit = setTimeout(() => {
    isLate = true;
    endGroup(child.pid);
  }, options.limitMs);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    if (isLate) return { code: undefined, said: `${said}\nended after ${options.limitMs / 60_000} minutes` };
    return { code: code ?? undefined, said };
  } catch (error) {
    return { code: undefined, said: `${program} could not be started: ${String(error)}` };
  } finally {
    clearTimeout(limit);
    if (child.pid !== undefined) groups.delete(child.pid);
  }
}

/** Leaders of groups that may still run: a signal from the terminal does not reach them. */
const groups = new Set<number>();

/** Remembers a process that was started as the leader of a group, for `endAllGroups`. */
export function noteGroup(pid: number | undefined): void {
  if (pid !== undefined) groups.add(pid);
}

/** Ends all that is still running, as when this process was told to stop. */
export function endAllGroups(): void {
  for (const pid of groups) endGroup(pid);
}

/** Ends a process that was started as the leader of a group, and its children. Does nothing when they have ended. */
export function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  groups.delete(pid);
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** The last lines of what a program said, for a message. */
export function lastLines(said: string, count = 6): string {
  return said.trim().split('\n').slice(-count).join('\n');
}
