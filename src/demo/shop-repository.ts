import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../domain/errors.ts';
import { runGit } from '../git/run-git.ts';
import { invariant } from '../lib/invariant.ts';
import { SAMPLE_FOLDER, sampleSlackToken } from './sample.ts';

/** A bare repository with the shop on `main` and its pull request on a branch. */
export interface ShopRepository {
  /** Absolute path of the bare repository. */
  readonly folder: string;
  readonly baseRef: string;
  readonly baseSha: string;
  /** The pull request's branch and newest commit. */
  readonly branch: string;
  readonly headSha: string;
  /** Login of who opens the pull request. */
  readonly author: string;
  readonly title: string;
  readonly body: string;
}

const BASE_REF = 'main';
const BRANCH = 'summer-sale';
const OWNER = 'Ines Vale <ines@larkmoor.example>';
const AUTHOR = { name: 'Mara Lindqvist', email: 'mara@larkmoor.example', login: 'mara-lindqvist' };
/** 1 June 2026, 09:00 in Berlin. */
const BASE_DATE = '1780297200 +0200';

/**
 * Builds the sample repository in `folder`, which must be absent or empty.
 *
 * Authors, dates and file modes are fixed, and nobody's git configuration is read, so that the commits have the same
 * names on every machine.
 */
export async function createShopRepository(
  folder: string,
  signal: AbortSignal = new AbortController().signal,
): Promise<ShopRepository> {
  const scratch = await mkdtemp(join(tmpdir(), 'firsthand-shop-'));
  try {
    const git = createGit(folder, scratch, signal);
    await git.init();
    await cp(join(SAMPLE_FOLDER, 'base'), git.workTree, { recursive: true });
    const baseSha = await commitBase(git);
    const headSha = await applyPullRequest(git, scratch, baseSha);
    const { title, body } = await readDescription();
    return {
      folder,
      baseRef: BASE_REF,
      baseSha,
      branch: BRANCH,
      headSha,
      author: AUTHOR.login,
      title,
      body,
    };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

interface Git {
  readonly workTree: string;
  init(): Promise<void>;
  /** Runs git on the repository and the scratch work tree; returns what it printed. */
  run(args: readonly string[], input?: string): Promise<string>;
}

function createGit(folder: string, scratch: string, signal: AbortSignal): Git {
  const workTree = join(scratch, 'tree');
  const config = {
    'user.name': AUTHOR.name,
    'user.email': AUTHOR.email,
    'commit.gpgSign': 'false',
    'core.autocrlf': 'false',
    'core.fileMode': 'false',
    'core.excludesFile': '/dev/null',
  };
  const call = async (args: readonly string[], input?: string): Promise<string> => {
    const result = await runGit(args, {
      cwd: scratch,
      config,
      signal,
      ...(input === undefined ? {} : { input }),
    });
    if (result.code === 0) return result.stdout.toString('utf8').trim();
    throw new UserError(
      `could not build the sample repository: git ${args.join(' ')} said: ${result.stderr}`,
    );
  };
  return {
    workTree,
    init: async () => {
      const options = ['--bare', '--template=', '--object-format=sha1', `--initial-branch=${BASE_REF}`];
      await call(['init', '--quiet', ...options, folder]);
    },
    run: (args, input) => call([`--git-dir=${folder}`, `--work-tree=${workTree}`, ...args], input),
  };
}

/** Commits the whole work tree. The commit is written as an object: `git commit` would take its date from the clock. */
async function commitBase(git: Git): Promise<string> {
  await git.run(['-C', git.workTree, 'add', '--all', '.']);
  const tree = await git.run(['write-tree']);
  const who = `${OWNER} ${BASE_DATE}`;
  const commit = `tree ${tree}\nauthor ${who}\ncommitter ${who}\n\nOpen the shop\n`;
  const sha = await git.run(['hash-object', '-t', 'commit', '-w', '--stdin'], commit);
  await git.run(['update-ref', `refs/heads/${BASE_REF}`, sha]);
  return sha;
}

async function applyPullRequest(git: Git, scratch: string, baseSha: string): Promise<string> {
  await git.run(['update-ref', `refs/heads/${BRANCH}`, baseSha]);
  await git.run(['symbolic-ref', 'HEAD', `refs/heads/${BRANCH}`]);
  const patches = await writePatches(scratch);
  await git.run([
    '-C',
    git.workTree,
    'am',
    '--quiet',
    '--committer-date-is-author-date',
    '--no-gpg-sign',
    ...patches,
  ]);
  const headSha = await git.run(['rev-parse', `refs/heads/${BRANCH}`]);
  await git.run(['symbolic-ref', 'HEAD', `refs/heads/${BASE_REF}`]);
  return headSha;
}

/** Writes the patches with the placeholder filled in; returns their paths in order. */
async function writePatches(scratch: string): Promise<readonly string[]> {
  const folder = join(SAMPLE_FOLDER, 'pull-request');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.patch')).sort();
  invariant(names.length > 0, `there are patches in ${folder}`);
  return Promise.all(
    names.map(async (name) => {
      const path = join(scratch, name);
      const patch = await readFile(join(folder, name), 'utf8');
      await writeFile(path, patch.replaceAll('@@SLACK_TOKEN@@', sampleSlackToken()));
      return path;
    }),
  );
}

/** The description's first line is the title, behind a `#`. */
async function readDescription(): Promise<{ readonly title: string; readonly body: string }> {
  const text = await readFile(join(SAMPLE_FOLDER, 'pull-request', 'description.md'), 'utf8');
  const [first = '', ...rest] = text.split('\n');
  return { title: first.replace(/^# /, ''), body: rest.join('\n').trim() };
}
