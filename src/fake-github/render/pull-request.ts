import { listCommits, mergeBase, resolveCommit } from '../git/commits.ts';
import { listChangedFiles } from '../git/diff.ts';
import { nodeId, roleOf, type Site } from '../site.ts';
import type { FakePull, FakeRepository, FakeUser } from '../state.ts';
import { renderRepository } from './repository.ts';
import { renderUser } from './user.ts';

/** Where a pull request begins and ends. */
export interface PullRange {
  /** The base branch's tip. */
  readonly baseSha: string;
  readonly mergeBaseSha: string;
  readonly headSha: string;
}

export async function rangeOf(
  repository: FakeRepository,
  pull: FakePull,
  headSha = pull.headSha,
): Promise<PullRange> {
  const tip = await resolveCommit(repository.gitDir, pull.baseRef);
  if (tip === undefined) throw new Error(`${repository.fullName} has no branch ${pull.baseRef}`);
  // Of a merged pull request, the base as it was before the merge.
  const baseSha = pull.mergeCommitSha === undefined ? tip : `${pull.mergeCommitSha}^1`;
  const found = await mergeBase(repository.gitDir, baseSha, headSha);
  if (found === undefined) throw new Error(`${pull.baseRef} and ${headSha} have no common ancestor`);
  return { baseSha: tip, mergeBaseSha: found, headSha };
}

/** A `pull-request-simple`: without the figures that take a diff. */
export async function renderPullSimple(site: Site, repository: FakeRepository, pull: FakePull) {
  const { baseSha } = await rangeOf(repository, pull);
  const url = `${site.apiUrl}/repos/${repository.fullName}/pulls/${pull.number}`;
  const issueUrl = `${site.apiUrl}/repos/${repository.fullName}/issues/${pull.number}`;
  const htmlUrl = `${site.serverUrl}/${repository.fullName}/pull/${pull.number}`;
  const headRepository = site.state.repositories.get(pull.headRepository) ?? repository;
  const statusesUrl = `${site.apiUrl}/repos/${repository.fullName}/statuses/${pull.headSha}`;
  const reviewCommentUrl = `${site.apiUrl}/repos/${repository.fullName}/pulls/comments{/number}`;
  const href = (address: string) => ({ href: address });
  return {
    url,
    id: pull.id,
    node_id: nodeId('PullRequest', pull.id),
    html_url: htmlUrl,
    diff_url: `${htmlUrl}.diff`,
    patch_url: `${htmlUrl}.patch`,
    issue_url: issueUrl,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: reviewCommentUrl,
    comments_url: `${issueUrl}/comments`,
    statuses_url: statusesUrl,
    number: pull.number,
    state: pull.state,
    locked: false,
    title: pull.title,
    user: renderUser(site, pull.user),
    body: pull.body === '' ? null : pull.body,
    labels: [],
    milestone: null,
    active_lock_reason: null,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt ?? null,
    merged_at: pull.mergedAt ?? null,
    merge_commit_sha: pull.mergeCommitSha ?? null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    head: renderEnd(site, headRepository, { ref: pull.headRef, sha: pull.headSha }),
    base: renderEnd(site, repository, { ref: pull.baseRef, sha: baseSha }),
    _links: {
      self: href(url),
      html: href(htmlUrl),
      issue: href(issueUrl),
      comments: href(`${issueUrl}/comments`),
      review_comments: href(`${url}/comments`),
      review_comment: href(reviewCommentUrl),
      commits: href(`${url}/commits`),
      statuses: href(statusesUrl),
    },
    author_association: associationOf(repository, pull.user),
    auto_merge: null,
    draft: pull.isDraft,
  };
}

/** A whole `pull-request`. */
export async function renderPull(site: Site, repository: FakeRepository, pull: FakePull) {
  const { mergeBaseSha, headSha } = await rangeOf(repository, pull);
  const files = await listChangedFiles(repository.gitDir, mergeBaseSha, headSha);
  const commits = await listCommits(repository.gitDir, `${mergeBaseSha}..${headSha}`);
  const sum = (field: 'additions' | 'deletions') => files.reduce((total, file) => total + file[field], 0);
  const ofPull = (item: { readonly pull: number }) => item.pull === pull.number;
  return {
    ...(await renderPullSimple(site, repository, pull)),
    merged: pull.mergedAt !== undefined,
    // GitHub works these out later and says so with null.
    mergeable: null,
    rebaseable: null,
    mergeable_state: 'unknown',
    merged_by: null,
    comments: [...repository.issueComments.values()].filter((comment) => comment.number === pull.number)
      .length,
    review_comments: [...repository.reviewComments.values()].filter(ofPull).length,
    maintainer_can_modify: false,
    commits: commits.length,
    additions: sum('additions'),
    deletions: sum('deletions'),
    changed_files: files.length,
  };
}

function renderEnd(
  site: Site,
  repository: FakeRepository,
  at: { readonly ref: string; readonly sha: string },
) {
  return {
    label: `${repository.owner.login}:${at.ref}`,
    ref: at.ref,
    sha: at.sha,
    user: renderUser(site, repository.owner),
    repo: renderRepository(site, repository),
  };
}

/** How the author stands to the repository, in GitHub's words. */
export function associationOf(repository: FakeRepository, user: FakeUser): string {
  if (user.login === repository.owner.login) return 'OWNER';
  const role = roleOf(repository, user.login);
  if (role === 'admin' || role === 'maintain' || role === 'write') return 'COLLABORATOR';
  const hasContributed = [...repository.pulls.values()].some(
    (pull) => pull.user.login === user.login && pull.mergedAt !== undefined,
  );
  return hasContributed ? 'CONTRIBUTOR' : 'NONE';
}
