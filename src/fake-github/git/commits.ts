import { runGit, tryGit } from './run-git.ts';

export interface GitPerson {
  readonly name: string;
  readonly email: string;
  /** As GitHub writes it: 2026-01-02T03:04:05Z. */
  readonly date: string;
}

export interface GitCommit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: GitPerson;
  readonly committer: GitPerson;
  readonly message: string;
}

/** The commit that a branch, a tag, a ref's full name or an object name stands for. */
export async function resolveCommit(gitDir: string, name: string): Promise<string | undefined> {
  if (/^-|[\s\0]/.test(name) || name === '') return undefined;
  const candidates = [`refs/heads/${name}`, `refs/${name}`, name];
  const input = candidates.map((candidate) => `${candidate}^{commit}\n`).join('');
  const answers = await runGit(gitDir, ['cat-file', '--batch-check'], { input });
  return /^([0-9a-f]{40}) commit /m.exec(answers)?.[1];
}

export async function mergeBase(gitDir: string, a: string, b: string): Promise<string | undefined> {
  const { exitCode, stdout } = await tryGit(gitDir, ['merge-base', a, b]);
  return exitCode === 0 ? stdout.toString().trim() : undefined;
}

/** The commits of `range` (git's notation, or one commit for its whole history), newest first. */
export async function listCommits(
  gitDir: string,
  range: string,
  limit: { readonly max?: number; readonly path?: string } = {},
): Promise<readonly GitCommit[]> {
  const format = ['%H', '%T', '%P', '%an', '%ae', '%at', '%cn', '%ce', '%ct', '%B'].join('%x00');
  const args = ['log', '-z', `--format=${format}%x00`, '--topo-order'];
  if (limit.max !== undefined) args.push(`--max-count=${limit.max}`);
  args.push(range, '--');
  if (limit.path !== undefined) args.push(`:(literal)${limit.path}`);
  // Ten fields, then the empty one before the separator between records.
  const fields = (await runGit(gitDir, args)).split('\0');
  const commits: GitCommit[] = [];
  for (let at = 0; at + 10 < fields.length; at += 11) {
    const [sha, tree, parents, ...rest] = fields.slice(at, at + 10) as [string, string, string, ...string[]];
    commits.push({
      sha,
      tree,
      parents: parents.split(' ').filter((parent) => parent !== ''),
      ...people(rest),
    });
  }
  return commits;
}

function people(fields: readonly string[]): Pick<GitCommit, 'author' | 'committer' | 'message'> {
  const [
    authorName = '',
    authorEmail = '',
    authorTime,
    committerName = '',
    committerEmail = '',
    time,
    message = '',
  ] = fields;
  return {
    author: { name: authorName, email: authorEmail, date: toIso(authorTime) },
    committer: { name: committerName, email: committerEmail, date: toIso(time) },
    message: message.replace(/\n$/, ''),
  };
}

function toIso(seconds: string | undefined): string {
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}Z`;
}

export async function readCommit(gitDir: string, sha: string): Promise<GitCommit> {
  const [commit] = await listCommits(gitDir, sha, { max: 1 });
  if (commit === undefined) throw new Error(`${gitDir} has no commit ${sha}`);
  return commit;
}

export interface NewCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: GitPerson;
  readonly committer: GitPerson;
}

export async function writeCommit(gitDir: string, commit: NewCommit): Promise<string> {
  const parents = commit.parents.flatMap((parent) => ['-p', parent]);
  return await runGit(gitDir, ['commit-tree', commit.tree, ...parents, '-F', '-'], {
    input: commit.message,
    env: {
      GIT_AUTHOR_NAME: commit.author.name,
      GIT_AUTHOR_EMAIL: commit.author.email,
      GIT_AUTHOR_DATE: commit.author.date,
      GIT_COMMITTER_NAME: commit.committer.name,
      GIT_COMMITTER_EMAIL: commit.committer.email,
      GIT_COMMITTER_DATE: commit.committer.date,
    },
  });
}
