import { spawn } from 'node:child_process';
import path from 'node:path';

/** What git is told whoever's repository it serves: nobody's settings, and its own rules for what may be fetched. */
const SETTINGS: Readonly<Record<string, string>> = {
  'safe.directory': '*',
  'core.hooksPath': '/dev/null',
  'uploadpack.allowAnySHA1InWant': 'true',
  'uploadpack.allowFilter': 'true',
  'http.receivepack': 'false',
};

/** The environment for every git process of the fake. */
export function gitEnvironment(): Record<string, string> {
  const settings = Object.entries(SETTINGS).flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_COUNT: String(Object.keys(SETTINGS).length),
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
    ...Object.fromEntries(settings),
  };
}

export interface GitOptions {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

export interface GitResult {
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Runs git on a repository and returns what came of it; only a git that cannot start throws. */
export async function tryGit(
  gitDir: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<GitResult> {
  return await new Promise((resolve, reject) => {
    const child = spawn('git', args, { env: { ...gitEnvironment(), GIT_DIR: gitDir, ...options.env } });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', (cause) => reject(new Error(`could not run git ${args.join(' ')}`, { cause })));
    child.on('close', (exitCode) =>
      resolve({
        exitCode: exitCode ?? 1,
        stdout: Buffer.concat(stdout),
        stderr: Buffer.concat(stderr).toString('utf8'),
      }),
    );
    // Git may end before it has read everything, and says why on stderr.
    child.stdin.on('error', () => {});
    child.stdin.end(options.input);
  });
}

/** Runs git and returns its output as text, with the last line break removed. Throws when git fails. */
export async function runGit(
  gitDir: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<string> {
  const { exitCode, stdout, stderr } = await tryGit(gitDir, args, options);
  if (exitCode !== 0)
    throw new Error(`git ${args.join(' ')} in ${gitDir} ended with ${exitCode}: ${stderr.trim()}`);
  return stdout.toString('utf8').replace(/\n$/, '');
}

/** The git directory of a repository's folder, bare or not. */
export async function findGitDir(folder: string): Promise<string> {
  for (const candidate of [path.join(folder, '.git'), folder]) {
    const { exitCode, stdout } = await tryGit(candidate, ['rev-parse', '--absolute-git-dir']);
    if (exitCode === 0) return stdout.toString().trim();
  }
  throw new Error(`${folder} is not a git repository: the fake GitHub serves folders made by git init`);
}
