import { readCommit, resolveCommit } from '../git/commits.ts';
import { nodeId, type Site } from '../site.ts';
import type { FakeCheckRun, FakeCheckSuite, FakePull, FakeRepository } from '../state.ts';
import { renderApp } from './app.ts';
import { renderRepository } from './repository.ts';

export async function renderCheckRun(site: Site, repository: FakeRepository, run: FakeCheckRun) {
  const url = `${site.apiUrl}/repos/${repository.fullName}/check-runs/${run.id}`;
  const htmlUrl = `${site.serverUrl}/${repository.fullName}/runs/${run.id}`;
  return {
    id: run.id,
    head_sha: run.headSha,
    node_id: nodeId('CheckRun', run.id),
    external_id: run.externalId,
    url,
    html_url: htmlUrl,
    details_url: run.detailsUrl ?? htmlUrl,
    status: run.status,
    conclusion: run.conclusion ?? null,
    started_at: run.startedAt,
    completed_at: run.completedAt ?? null,
    output: {
      title: run.title ?? null,
      summary: run.summary ?? null,
      text: run.text ?? null,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    name: run.name,
    check_suite: { id: run.suiteId },
    app: renderApp(site),
    pull_requests: await renderPullsOf(site, repository, run.headSha),
  };
}

/** The open pull requests of the repository itself with this head; GitHub leaves out those of forks. */
async function renderPullsOf(site: Site, repository: FakeRepository, headSha: string) {
  const pulls = [...repository.pulls.values()].filter(
    (pull) =>
      pull.state === 'open' && pull.headSha === headSha && pull.headRepository === repository.fullName,
  );
  return await Promise.all(pulls.map((pull) => renderPullMinimal(site, repository, pull)));
}

async function renderPullMinimal(site: Site, repository: FakeRepository, pull: FakePull) {
  const url = `${site.apiUrl}/repos/${repository.fullName}`;
  const repo = { id: repository.id, url, name: repository.name };
  const baseSha = await resolveCommit(repository.gitDir, pull.baseRef);
  return {
    id: pull.id,
    number: pull.number,
    url: `${url}/pulls/${pull.number}`,
    head: { ref: pull.headRef, sha: pull.headSha, repo },
    base: { ref: pull.baseRef, sha: baseSha ?? pull.headSha, repo },
  };
}

/** A suite's state is that of its runs: done when all are, and then as bad as the worst. */
function stateOf(runs: readonly FakeCheckRun[]) {
  if (runs.length === 0) return { status: 'queued', conclusion: null };
  if (runs.some((run) => run.status !== 'completed')) return { status: 'in_progress', conclusion: null };
  const worst = ['failure', 'timed_out', 'cancelled', 'action_required', 'neutral', 'skipped', 'success'];
  const conclusion = worst.find((candidate) => runs.some((run) => run.conclusion === candidate));
  return { status: 'completed', conclusion: conclusion ?? null };
}

export async function renderCheckSuite(site: Site, repository: FakeRepository, suite: FakeCheckSuite) {
  const url = `${site.apiUrl}/repos/${repository.fullName}/check-suites/${suite.id}`;
  const runs = [...repository.checkRuns.values()].filter((run) => run.suiteId === suite.id);
  return {
    id: suite.id,
    node_id: nodeId('CheckSuite', suite.id),
    head_branch: suite.headBranch ?? null,
    head_sha: suite.headSha,
    ...stateOf(runs),
    url,
    before: null,
    after: suite.headSha,
    pull_requests: await renderPullsOf(site, repository, suite.headSha),
    app: renderApp(site),
    created_at: suite.createdAt,
    updated_at: suite.updatedAt,
    head_commit: await renderSimpleCommit(repository, suite.headSha),
    latest_check_runs_count: runs.length,
    check_runs_url: `${url}/check-runs`,
    rerequestable: true,
    runs_rerequestable: true,
  };
}

/** As `renderCheckSuite`, with the repository, which the REST replies have and the webhooks do not. */
export async function renderCheckSuiteWithRepository(
  site: Site,
  repository: FakeRepository,
  suite: FakeCheckSuite,
) {
  return {
    ...(await renderCheckSuite(site, repository, suite)),
    repository: renderRepository(site, repository),
  };
}

async function renderSimpleCommit(repository: FakeRepository, sha: string) {
  const commit = await readCommit(repository.gitDir, sha);
  return {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: commit.committer.date,
    author: { name: commit.author.name, email: commit.author.email },
    committer: { name: commit.committer.name, email: commit.committer.email },
  };
}
