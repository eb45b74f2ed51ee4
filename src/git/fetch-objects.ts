import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { TransientError, UserError } from '../domain/errors.ts';
import { createRedactor } from '../lib/redact.ts';
import type { GitObjects } from '../review/ports.ts';
import { withFolderLock } from './folder-lock.ts';
import { createGitObjects } from './git-objects.ts';
import { initRepository } from './init-repository.ts';
import { type GitCall, lastLine, runGit } from './run-git.ts';

/** A commit to have, and a ref that leads to it where the server does not hand out commits by name. */
interface WantedCommit {
  readonly sha: string;
  /** Such as refs/pull/7/head. */
  readonly ref?: string;
}

export interface FetchOptions {
  /** Holds one bare repository per remote; made when absent. */
  readonly folder: string;
  /** Address without credentials. */
  readonly remoteUrl: string;
  /** An installation token; sent as a header to this remote only. */
  readonly token?: string;
  readonly commits: readonly WantedCommit[];
}

const SHA = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
const REF = /^refs\/[A-Za-z0-9._/-]+$/;

/** The server answers, but offers no git under the repository's address, or not to this token. */
export class GitNotOffered extends TransientError {}

/**
 * Fetches commits with their history into a bare repository under `folder` and opens it.
 *
 * Commits already there are not fetched again. Throws `TransientError` when the remote cannot be reached, refuses us
 * (`GitNotOffered` when it says that no git is there) or breaks off, `UserError` when it answers but does not have a commit. The token is in no file, argument or message.
 */
export async function fetchObjects(options: FetchOptions, signal: AbortSignal): Promise<GitObjects> {
  const url = checkedUrl(options.remoteUrl);
  for (const { sha, ref } of options.commits) {
    if (!SHA.test(sha) || (ref !== undefined && !REF.test(ref))) {
      throw new UserError(
        `could not fetch ${JSON.stringify(ref ?? sha)} of ${url.href}: not a commit or ref name`,
      );
    }
  }
  const gitDir = join(options.folder, folderName(url));
  await mkdir(options.folder, { recursive: true, mode: 0o700 });
  await withFolderLock(`${gitDir}.lock`, () => fetchInto(gitDir, url, options, signal), signal);
  return createGitObjects(gitDir, url.href);
}

async function fetchInto(
  gitDir: string,
  url: URL,
  options: FetchOptions,
  signal: AbortSignal,
): Promise<void> {
  await initRepository(gitDir, signal);
  const call: GitCall = {
    gitDir,
    signal,
    protocols: url.protocol.slice(0, -1),
    config: fetchConfig(url, options.token),
  };
  for (const commit of options.commits) {
    if (await has(commit.sha, gitDir, signal)) continue;
    await fetchOne(commit, url, { call, token: options.token });
  }
}

/** Tries the commit by name, then by its ref; what went wrong is known from exit codes only. */
async function fetchOne(
  { sha, ref }: WantedCommit,
  url: URL,
  { call, token }: { readonly call: GitCall; readonly token: string | undefined },
): Promise<void> {
  let said = '';
  for (const source of ref === undefined ? [sha] : [sha, ref]) {
    const result = await runGit(
      [...FETCH, '--end-of-options', url.href, `+${source}:refs/fetched/${sha}`],
      call,
    );
    // By ref we may get a newer commit, of which ours is an ancestor.
    const kept =
      result.code === 0 ? await runGit(['update-ref', `refs/firsthand/${sha}`, sha], call) : undefined;
    if (kept?.code === 0) return;
    said = result.stderr === '' ? said : result.stderr;
  }
  const reached = await runGit(['ls-remote', '--quiet', '--end-of-options', url.href, 'HEAD'], call);
  const reason = createRedactor(token === undefined ? [] : [token, basicCredential(token)])(lastLine(said));
  if (reached.code !== 0) {
    const message = `could not fetch ${sha} from ${url.href}: ${reason}`;
    throw (await offersGit(url, token, call.signal))
      ? new TransientError(message)
      : new GitNotOffered(message);
  }
  if (await isOffered(sha, url, call)) {
    throw new TransientError(`could not take over ${sha} and its history from ${url.href}: ${reason}`);
  }
  throw new UserError(`${url.href} does not have the commit ${sha}: ${reason}`);
}

/**
 * Whether the remote has the commit after all, so that a fetch failed for another reason: git's exit code is the same.
 *
 * Asks for the commit alone, without history, in a repository that is thrown away.
 */
async function isOffered(sha: string, url: URL, call: GitCall): Promise<boolean> {
  const gitDir = await mkdtemp(`${call.gitDir}.probe-`);
  try {
    await initRepository(gitDir, call.signal);
    const shallow = ['--depth=1', '--filter=tree:0', '--end-of-options', url.href, sha];
    return (await runGit([...FETCH, ...shallow], { ...call, gitDir })).code === 0;
  } finally {
    await rm(gitDir, { recursive: true, force: true });
  }
}

/** False only when the server itself refuses git's first request as forbidden or not found: git's exit code is silent on it. */
async function offersGit(url: URL, token: string | undefined, signal: AbortSignal): Promise<boolean> {
  if (url.protocol === 'file:') return true;
  try {
    const reply = await fetch(`${url.href}/info/refs?service=git-upload-pack`, {
      ...(token === undefined ? {} : { headers: { authorization: `basic ${basicCredential(token)}` } }),
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(PROBE_TIMEOUT_MS)]),
    });
    await reply.body?.cancel();
    return reply.status !== 403 && reply.status !== 404;
  } catch {
    // The network failed here too, which says nothing about git.
    signal.throwIfAborted();
    return true;
  }
}

const PROBE_TIMEOUT_MS = 30_000;

const FETCH = [
  'fetch',
  '--quiet',
  '--no-tags',
  '--no-recurse-submodules',
  '--no-write-fetch-head',
  '--no-auto-maintenance',
  '--no-progress',
];

function fetchConfig(url: URL, token: string | undefined): Readonly<Record<string, string>> {
  const header = token === undefined ? undefined : `Authorization: basic ${basicCredential(token)}`;
  return {
    // Histories of good repositories hold commits that a strict check refuses, such as those with a malformed time
    // zone. Hashes are checked all the same, and nothing is ever checked out.
    'fetch.fsckObjects': 'false',
    'transfer.bundleURI': 'false',
    // The header must reach no other host.
    'http.followRedirects': 'false',
    ...(header === undefined ? {} : { [`http.${url.origin}/.extraHeader`]: header }),
  };
}

/** GitHub takes an installation token as the password of this user. */
function basicCredential(token: string): string {
  return Buffer.from(`x-access-token:${token}`).toString('base64');
}

async function has(sha: string, gitDir: string, signal: AbortSignal): Promise<boolean> {
  // A ref is written after all objects came, so it stands for the whole history; an object alone does not.
  const ref = await runGit(['rev-parse', '--verify', '--quiet', `refs/firsthand/${sha}`], { gitDir, signal });
  return ref.code === 0 && ref.stdout.toString('utf8').trim() === sha;
}

function checkedUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['https:', 'http:', 'file:'].includes(url.protocol)) {
    throw new UserError(`could not fetch from ${JSON.stringify(text)}: expected an http or https address`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new Error('a remote address must not hold credentials; pass the token apart');
  }
  return url;
}

/** A folder name of the remote's own, readable, without separators. */
function folderName(url: URL): string {
  return `${encodeURIComponent(`${url.host}${url.pathname}`.replace(/\.git$/, '')).replaceAll('.', '%2E')}.git`;
}
