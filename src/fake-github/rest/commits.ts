import { listCommits, mergeBase, readCommit, resolveCommit } from '../git/commits.ts';
import { listChangedFiles } from '../git/diff.ts';
import { ApiError, notFound } from '../http/api-error.ts';
import { type Handler, ok, type Reply, type RepositoryCall } from '../http/call.ts';
import { renderChangedFile, renderCommit } from '../render/commit.ts';
import { inRepository } from './in-repository.ts';
import { diffReply } from './pulls.ts';

/** git's name of the empty tree: what the first commit is compared with. */
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
const MAX_COMPARED_FILES = 300;
const COMMITS_PER_PAGE = 250;

export const commitHandlers: Readonly<Record<string, Handler>> = {
  'repos/get-commit': inRepository(getCommit),
  'repos/compare-commits-with-basehead': inRepository(compare),
};

async function getCommit({ site, repository, parameters, accept }: RepositoryCall): Promise<Reply> {
  const { gitDir } = repository;
  const sha = await resolveCommit(gitDir, parameters['ref'] ?? '');
  if (sha === undefined) throw new ApiError(422, `No commit found for SHA: ${parameters['ref']}`);
  if (/[.]sha\b/.test(accept))
    return { status: 200, text: { type: 'application/vnd.github.sha', content: sha } };
  const commit = await readCommit(gitDir, sha);
  const parent = commit.parents[0] ?? EMPTY_TREE;
  if (/[.](diff|patch)\b/.test(accept)) return await diffReply(gitDir, [parent, sha], accept);
  const files = await listChangedFiles(gitDir, parent, sha);
  const additions = files.reduce((total, file) => total + file.additions, 0);
  const deletions = files.reduce((total, file) => total + file.deletions, 0);
  return ok({
    ...renderCommit(site, repository, commit),
    stats: { additions, deletions, total: additions + deletions },
    files: files
      .slice(0, MAX_COMPARED_FILES)
      .map((file) => renderChangedFile(site, repository, { ...file, commit: sha })),
  });
}

/** Compares from the merge base, as the three dots say. */
async function compare(call: RepositoryCall): Promise<Reply> {
  const { site, repository, query, accept } = call;
  const { gitDir } = repository;
  const basehead = call.parameters['basehead'] ?? '';
  const [baseName = '', headName = ''] = basehead.split(basehead.includes('...') ? '...' : '..');
  const [base, head] = [await resolveEnd(call, baseName), await resolveEnd(call, headName)];
  if (base === undefined || head === undefined) throw notFound();
  const fork = await mergeBase(gitDir, base, head);
  if (fork === undefined) throw notFound();
  if (/[.](diff|patch)\b/.test(accept)) return await diffReply(gitDir, [fork, head], accept);

  const ahead = (await listCommits(gitDir, `${base}..${head}`)).toReversed();
  const behind = await listCommits(gitDir, `${head}..${base}`);
  const files = await listChangedFiles(gitDir, fork, head);
  const url = `${site.apiUrl}/repos/${repository.fullName}/compare/${encodeURIComponent(basehead)}`;
  const htmlUrl = `${site.serverUrl}/${repository.fullName}/compare/${encodeURIComponent(basehead)}`;
  const size = Math.min(Number(query.get('per_page') ?? COMMITS_PER_PAGE), COMMITS_PER_PAGE);
  const start = (Number(query.get('page') ?? 1) - 1) * size;
  return ok({
    url,
    html_url: htmlUrl,
    permalink_url: htmlUrl,
    diff_url: `${htmlUrl}.diff`,
    patch_url: `${htmlUrl}.patch`,
    base_commit: renderCommit(site, repository, await readCommit(gitDir, base)),
    merge_base_commit: renderCommit(site, repository, await readCommit(gitDir, fork)),
    status: statusOf(ahead.length, behind.length),
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: ahead.slice(start, start + size).map((commit) => renderCommit(site, repository, commit)),
    files: files
      .slice(0, MAX_COMPARED_FILES)
      .map((file) => renderChangedFile(site, repository, { ...file, commit: head })),
  });
}

/** An end may be `owner:branch` of a fork; its commits are here when a pull request brought them. */
async function resolveEnd({ site, repository }: RepositoryCall, name: string): Promise<string | undefined> {
  const [owner, branch] = name.includes(':') ? name.split(':', 2) : [undefined, name];
  if (owner === undefined || branch === undefined) return await resolveCommit(repository.gitDir, name);
  const fork = [...site.state.repositories.values()].find(
    (candidate) =>
      candidate.owner.login === owner &&
      (candidate === repository || candidate.forkOf === repository.fullName),
  );
  const sha = fork && (await resolveCommit(fork.gitDir, branch));
  return sha && (await resolveCommit(repository.gitDir, sha));
}

function statusOf(ahead: number, behind: number): string {
  if (ahead > 0 && behind > 0) return 'diverged';
  if (ahead > 0) return 'ahead';
  return behind > 0 ? 'behind' : 'identical';
}
