import { readCommit, resolveCommit, writeCommit } from '../git/commits.ts';
import { writeBlobs, writeTree } from '../git/objects.ts';
import { isAncestor, updateRef } from '../git/refs.ts';
import { type Site, timestamp, userOf } from '../site.ts';
import type { FakePull, FakeRepository, FakeUser } from '../state.ts';
import { bringHead, emitPull, requestChecks } from './pull-requests.ts';

export interface PushRequest {
  readonly repository: string;
  readonly branch: string;
  readonly author: string;
  /** A commit that the repository has; the branch may be there already. */
  readonly sha?: string;
  /** Or a new commit on the branch (a new branch leaves the default one): contents by path, `null` to delete. */
  readonly files?: Readonly<Record<string, string | null>>;
  readonly message?: string;
}

/** Moves the branch and answers with the commit that it is at. */
export async function push(site: Site, repository: FakeRepository, request: PushRequest): Promise<string> {
  const { gitDir } = repository;
  const before = await resolveCommit(gitDir, `heads/${request.branch}`);
  const parent = before ?? (await resolveCommit(gitDir, `heads/${repository.defaultBranch}`));
  const after = request.sha ?? (await commit(site, repository, { ...request, parent }));
  await updateRef(gitDir, `refs/heads/${request.branch}`, after);
  const sender = userOf(site, request.author);
  await emitPush(site, repository, { branch: request.branch, before, after, sender });
  for (const target of site.state.repositories.values()) {
    for (const pull of target.pulls.values()) {
      const isFromHere = pull.headRepository === repository.fullName && pull.headRef === request.branch;
      if (isFromHere && pull.state === 'open')
        await synchronize(site, target, { pull, after, sender, repository });
    }
  }
  return after;
}

async function commit(
  site: Site,
  { gitDir }: FakeRepository,
  request: PushRequest & { readonly parent: string | undefined },
): Promise<string> {
  const { parent, author, files = {}, message = 'change' } = request;
  const written = Object.entries(files).filter((file): file is [string, string] => file[1] !== null);
  const names = await writeBlobs(
    gitDir,
    written.map(([, content]) => Buffer.from(content)),
  );
  const changes = [
    ...written.map(([path], index) => ({ path, mode: '100644', sha: names[index] ?? null })),
    ...Object.keys(files)
      .filter((path) => files[path] === null)
      .map((path) => ({ path, mode: '100644', sha: null })),
  ];
  const person = { name: author, email: `${author}@users.noreply.example.com`, date: timestamp(site.now()) };
  return await writeCommit(gitDir, {
    tree: await writeTree(gitDir, parent, changes),
    parents: parent === undefined ? [] : [parent],
    message,
    author: person,
    committer: person,
  });
}

/** The pull request's head was at its own record of it, whatever the branch was: people may push beside us. */
async function synchronize(
  site: Site,
  target: FakeRepository,
  about: {
    readonly pull: FakePull;
    readonly after: string;
    readonly sender: FakeUser;
    readonly repository: FakeRepository;
  },
): Promise<void> {
  const { pull, after, sender } = about;
  const before = pull.headSha;
  if (before === after) return;
  pull.headSha = after;
  pull.updatedAt = timestamp(site.now());
  await bringHead(target, about.repository, pull);
  await requestChecks(site, target, pull);
  await emitPull(site, target, { pull, action: 'synchronize', sender, more: { before, after } });
}

async function emitPush(
  site: Site,
  repository: FakeRepository,
  about: {
    readonly branch: string;
    readonly before: string | undefined;
    readonly after: string;
    readonly sender: FakeUser;
  },
): Promise<void> {
  const { before, after, sender, branch } = about;
  const commit = await readCommit(repository.gitDir, after);
  const url = `${site.serverUrl}/${repository.fullName}`;
  const headCommit = {
    id: after,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: commit.committer.date,
    url: `${url}/commit/${after}`,
    author: { name: commit.author.name, email: commit.author.email },
    committer: { name: commit.committer.name, email: commit.committer.email },
    added: [],
    removed: [],
    modified: [],
  };
  await site.emit({
    event: 'push',
    repository,
    sender,
    payload: {
      ref: `refs/heads/${branch}`,
      before: before ?? '0'.repeat(40),
      after,
      created: before === undefined,
      deleted: false,
      forced: before !== undefined && !(await isAncestor(repository.gitDir, before, after)),
      base_ref: null,
      compare: `${url}/compare/${before ?? after}...${after}`,
      commits: [headCommit],
      head_commit: headCommit,
      pusher: { name: sender.login, email: `${sender.login}@users.noreply.example.com` },
    },
  });
}
