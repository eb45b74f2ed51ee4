import { listCommits } from '../git/commits.ts';
import { listChangedFiles, readDiff, readPatchSeries } from '../git/diff.ts';
import { ApiError } from '../http/api-error.ts';
import { findIn, type Handler, ok, type Reply, type RepositoryCall } from '../http/call.ts';
import { page } from '../http/page.ts';
import { renderChangedFile, renderCommit } from '../render/commit.ts';
import { rangeOf, renderPull, renderPullSimple } from '../render/pull-request.ts';
import { inRepository } from './in-repository.ts';

/** GitHub's limits on a diff in one answer. */
const MAX_DIFF_FILES = 300;
const MAX_DIFF_LINES = 20_000;
const MAX_DIFF_BYTES = 1_000_000;
/** And on the two lists, whatever the page. */
const MAX_LISTED_FILES = 3000;
const MAX_LISTED_COMMITS = 250;

export const pullHandlers: Readonly<Record<string, Handler>> = {
  'pulls/list': inRepository(listPulls),
  'pulls/get': inRepository(async (call) => {
    const { site, repository, accept } = call;
    const pull = findIn(repository.pulls, call, 'pull_number');
    if (/[.](diff|patch)\b/.test(accept)) {
      const { mergeBaseSha, headSha } = await rangeOf(repository, pull);
      return await diffReply(repository.gitDir, [mergeBaseSha, headSha], accept);
    }
    return ok(await renderPull(site, repository, pull));
  }),
  'pulls/list-files': inRepository(async (call) => {
    const { site, repository } = call;
    const pull = findIn(repository.pulls, call, 'pull_number');
    const { mergeBaseSha, headSha } = await rangeOf(repository, pull);
    const files = await listChangedFiles(repository.gitDir, mergeBaseSha, headSha);
    return page(call, files.slice(0, MAX_LISTED_FILES), (shown) =>
      shown.map((file) => renderChangedFile(site, repository, { ...file, commit: headSha })),
    );
  }),
  'pulls/list-commits': inRepository(async (call) => {
    const { site, repository } = call;
    const pull = findIn(repository.pulls, call, 'pull_number');
    const { mergeBaseSha, headSha } = await rangeOf(repository, pull);
    const commits = await listCommits(repository.gitDir, `${mergeBaseSha}..${headSha}`);
    return page(call, commits.toReversed().slice(0, MAX_LISTED_COMMITS), (shown) =>
      shown.map((commit) => renderCommit(site, repository, commit)),
    );
  }),
  'repos/list-pull-requests-associated-with-commit': inRepository(async (call) => {
    const { site, repository, parameters } = call;
    const sha = parameters['commit_sha'];
    const pulls = [...repository.pulls.values()].filter(
      (pull) => pull.headSha === sha || pull.mergeCommitSha === sha,
    );
    const rendered = await Promise.all(pulls.map((pull) => renderPullSimple(site, repository, pull)));
    return page(call, rendered, (shown) => shown);
  }),
};

async function listPulls(call: RepositoryCall): Promise<Reply> {
  const { site, repository, query } = call;
  const state = query.get('state') ?? 'open';
  const [head, base] = [query.get('head'), query.get('base')];
  const pulls = [...repository.pulls.values()].filter(
    (pull) =>
      (state === 'all' || pull.state === state) &&
      (head === null || `${pull.headRepository.split('/')[0]}:${pull.headRef}` === head) &&
      (base === null || pull.baseRef === base),
  );
  const isAscending = query.get('direction') === 'asc';
  pulls.sort((a, b) => (isAscending ? a.number - b.number : b.number - a.number));
  const rendered = await Promise.all(pulls.map((pull) => renderPullSimple(site, repository, pull)));
  return page(call, rendered, (shown) => shown);
}

/** The diff (or the mails) between two commits as text; 406 beyond what GitHub shows. */
export async function diffReply(
  gitDir: string,
  [from, to]: readonly [string, string],
  accept: string,
): Promise<Reply> {
  const diff = await readDiff(gitDir, from, to);
  const files = (diff.match(/^diff --git /gm) ?? []).length;
  const lines = (diff.match(/\n/g) ?? []).length;
  if (files > MAX_DIFF_FILES) throw tooLarge(`files (${MAX_DIFF_FILES})`);
  if (lines > MAX_DIFF_LINES) throw tooLarge(`lines (${MAX_DIFF_LINES})`);
  if (Buffer.byteLength(diff) > MAX_DIFF_BYTES) throw tooLarge(`bytes (${MAX_DIFF_BYTES})`);
  const isPatch = /[.]patch\b/.test(accept);
  const content = isPatch ? await readPatchSeries(gitDir, from, to) : diff;
  return {
    status: 200,
    text: { type: `application/vnd.github.${isPatch ? 'patch' : 'diff'}; charset=utf-8`, content },
  };
}

function tooLarge(limit: string): ApiError {
  return new ApiError(
    406,
    `Sorry, the diff exceeded the maximum number of ${limit}. Consider using 'List pull requests files' API or locally cloning the repository instead.`,
    { errors: [{ resource: 'PullRequest', field: 'diff', code: 'too_large' }] },
  );
}
