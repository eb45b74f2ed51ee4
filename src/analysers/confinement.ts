import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

/** How children are confined on this machine, strongest that works. */
export type Rung = 'bubblewrap' | 'network namespace' | 'process limits only' | 'process group only';

export interface Confinement {
  readonly rung: Rung;
  /** For the report: the rung and what it does not do. */
  readonly description: string;
  /** util-linux `prlimit` is there and may raise the stack. */
  readonly hasLimits: boolean;
}

const DESCRIPTIONS: Readonly<Record<Rung, string>> = {
  bubblewrap: 'bubblewrap: no network, read-only files of the tools and the staged copy only, no environment',
  'network namespace': 'network namespace: no network, no environment; files of this user are readable',
  'process limits only': 'process limits only: no environment; network and files of this user are reachable',
  'process group only': 'process group only: no environment, no limits; network and files are reachable',
};

const run = promisify(execFile);
const PROBE_TIMEOUT_MS = 10_000;

/** Finds the strongest confinement by trying each on a harmless program. Without `allowed`, all may be chosen. */
export async function probeConfinement(allowed?: readonly Rung[]): Promise<Confinement> {
  const mayUse = (rung: Rung): boolean => allowed?.includes(rung) ?? true;
  const [hasLimits, hasBubblewrap, hasNamespaces] = await Promise.all([
    works('prlimit', ['--stack=unlimited', '--as=8000000000', '--', 'true']),
    mayUse('bubblewrap') && works('bwrap', [...bubblewrapArguments([], [], '/'), 'true']),
    mayUse('network namespace') && works('unshare', [...UNSHARE, 'true']),
  ]);
  const weakest = hasLimits ? 'process limits only' : 'process group only';
  const rung = hasBubblewrap ? 'bubblewrap' : hasNamespaces ? 'network namespace' : weakest;
  return { rung, description: DESCRIPTIONS[rung], hasLimits };
}

async function works(program: string, args: readonly string[]): Promise<boolean> {
  try {
    await run(program, [...args], { timeout: PROBE_TIMEOUT_MS, env: { PATH: process.env.PATH } });
    return true;
  } catch {
    // Absent, or forbidden here: the next rung is tried.
    return false;
  }
}

export const UNSHARE: readonly string[] = [
  '--user',
  '--map-root-user',
  '--net',
  '--ipc',
  '--pid',
  '--fork',
  '--kill-child',
  '--',
];

/** What every dynamically linked program needs to start. */
const SYSTEM_FOLDERS = ['/usr', '/lib', '/lib64', '/lib32', '/bin', '/nix/store'].filter((path) =>
  existsSync(path),
);
const SYSTEM_FILES = ['/etc/ld.so.cache', '/etc/alternatives'].filter((path) => existsSync(path));

/** Arguments of `bwrap` up to the program: nothing but `readable` and the system's libraries, a private `/tmp`. */
export function bubblewrapArguments(
  readable: readonly string[],
  environment: readonly (readonly [string, string])[],
  cwd: string,
): readonly string[] {
  return [
    '--unshare-all',
    '--die-with-parent',
    '--new-session',
    '--clearenv',
    ...environment.flatMap(([name, value]) => ['--setenv', name, value]),
    ...[...SYSTEM_FOLDERS, ...SYSTEM_FILES].flatMap((path) => ['--ro-bind', path, path]),
    '--proc',
    '/proc',
    '--dev',
    '/dev',
    '--tmpfs',
    '/tmp',
    ...readable.flatMap((path) => ['--ro-bind', path, path]),
    '--chdir',
    cwd,
    '--',
  ];
}
