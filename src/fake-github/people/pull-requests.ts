import { readCommit, resolveCommit, writeCommit } from '../git/commits.ts';
import { fetchCommit, updateRef } from '../git/refs.ts';
import { runGit } from '../git/run-git.ts';
import { renderPull } from '../render/pull-request.ts';
import { ensureSuite } from '../rest/checks.ts';
import { type Site, timestamp, userOf } from '../site.ts';
import type { FakePull, FakeRepository, FakeUser } from '../state.ts';
import { emitCheckSuite } from '../webhooks/check-events.ts';

export interface OpenRequest {
  readonly repository: string;
  readonly author: string;
  /** A branch, or `owner:branch` of a fork. */
  readonly head: string;
  /** The default branch when left out. */
  readonly base?: string;
  readonly title: string;
  readonly body?: string;
  readonly isDraft?: boolean;
}

export async function openPullRequest(
  site: Site,
  repository: FakeRepository,
  request: OpenRequest,
): Promise<FakePull> {
  const { headRepository, headRef } = findHead(site, repository, request.head);
  const headSha = await resolveCommit(headRepository.gitDir, headRef);
  const baseRef = request.base ?? repository.defaultBranch;
  if (headSha === undefined) throw new Error(`${headRepository.fullName} has no branch ${headRef}`);
  if ((await resolveCommit(repository.gitDir, baseRef)) === undefined) {
    throw new Error(`${repository.fullName} has no branch ${baseRef}`);
  }
  const number = Math.max(0, ...repository.pulls.keys(), ...repository.issues.keys()) + 1;
  const now = timestamp(site.now());
  const pull: FakePull = {
    id: site.nextId(),
    number,
    user: userOf(site, request.author),
    title: request.title,
    body: request.body ?? '',
    isDraft: request.isDraft === true,
    state: 'open',
    headRepository: headRepository.fullName,
    headRef,
    headSha,
    baseRef,
    createdAt: now,
    updatedAt: now,
    closedAt: undefined,
    mergedAt: undefined,
    mergeCommitSha: undefined,
  };
  await bringHead(repository, headRepository, pull);
  repository.pulls.set(number, pull);
  await requestChecks(site, repository, pull);
  await emitPull(site, repository, { pull, action: 'opened', sender: pull.user });
  return pull;
}

function findHead(site: Site, repository: FakeRepository, head: string) {
  if (!head.includes(':')) return { headRepository: repository, headRef: head };
  const [owner, headRef = ''] = head.split(':', 2);
  const headRepository = [...site.state.repositories.values()].find(
    (candidate) =>
      candidate.owner.login === owner &&
      (candidate === repository || candidate.forkOf === repository.fullName),
  );
  if (headRepository === undefined) throw new Error(`${owner} has no fork of ${repository.fullName}`);
  return { headRepository, headRef };
}

/** Makes the head's commits readable from the base repository, under the pull request's own ref. */
export async function bringHead(
  repository: FakeRepository,
  headRepository: FakeRepository,
  pull: FakePull,
): Promise<void> {
  if (headRepository !== repository)
    await fetchCommit(repository.gitDir, headRepository.gitDir, pull.headSha);
  await updateRef(repository.gitDir, `refs/pull/${pull.number}/head`, pull.headSha);
}

export async function requestChecks(site: Site, repository: FakeRepository, pull: FakePull): Promise<void> {
  // GitHub makes suites for pushes to the repository itself, not for those to forks.
  if (pull.headRepository !== repository.fullName) return;
  const suite = ensureSuite(site, repository, pull.headSha);
  await emitCheckSuite(site, repository, { suite, action: 'requested', sender: pull.user });
}

export async function emitPull(
  site: Site,
  repository: FakeRepository,
  about: {
    readonly pull: FakePull;
    readonly action: string;
    readonly sender: FakeUser;
    readonly more?: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  const { pull, action, sender, more = {} } = about;
  const payload = { number: pull.number, pull_request: await renderPull(site, repository, pull), ...more };
  await site.emit({ event: 'pull_request', action, repository, sender, payload });
}

function findPull(repository: FakeRepository, number: number): FakePull {
  const pull = repository.pulls.get(number);
  if (pull === undefined) throw new Error(`${repository.fullName} has no pull request #${number}`);
  return pull;
}

/** Closes, merges or reopens. */
export async function closePullRequest(
  site: Site,
  repository: FakeRepository,
  request: {
    readonly number: number;
    readonly by: string;
    readonly to: 'open' | 'closed';
    readonly merge?: boolean;
  },
): Promise<void> {
  const pull = findPull(repository, request.number);
  const sender = userOf(site, request.by);
  if (request.merge === true) await merge(site, repository, { pull, by: sender });
  const now = timestamp(site.now());
  pull.state = request.to;
  pull.closedAt = request.to === 'closed' ? now : undefined;
  pull.updatedAt = now;
  await emitPull(site, repository, { pull, action: request.to === 'closed' ? 'closed' : 'reopened', sender });
}

/** Makes a merge commit on the base branch. Throws when git cannot merge without conflict. */
async function merge(
  site: Site,
  { gitDir }: FakeRepository,
  { pull, by }: { readonly pull: FakePull; readonly by: FakeUser },
): Promise<void> {
  const base = await runGit(gitDir, ['rev-parse', `refs/heads/${pull.baseRef}`]);
  const tree = await runGit(gitDir, ['merge-tree', '--write-tree', base, pull.headSha]);
  const date = timestamp(site.now());
  const person = { name: by.login, email: `${by.login}@users.noreply.example.com`, date };
  const sha = await writeCommit(gitDir, {
    tree,
    parents: [base, (await readCommit(gitDir, pull.headSha)).sha],
    message: `Merge pull request #${pull.number} from ${pull.headRef}\n\n${pull.title}`,
    author: person,
    committer: person,
  });
  await updateRef(gitDir, `refs/heads/${pull.baseRef}`, sha);
  pull.mergedAt = date;
  pull.mergeCommitSha = sha;
}

export async function setDraft(
  site: Site,
  repository: FakeRepository,
  request: { readonly number: number; readonly by: string },
): Promise<void> {
  const pull = findPull(repository, request.number);
  pull.isDraft = false;
  pull.updatedAt = timestamp(site.now());
  await emitPull(site, repository, { pull, action: 'ready_for_review', sender: userOf(site, request.by) });
}
