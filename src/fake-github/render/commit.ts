import type { GitCommit } from '../git/commits.ts';
import type { ChangedFile } from '../git/diff.ts';
import { nodeId, type Site } from '../site.ts';
import type { FakeRepository } from '../state.ts';

/** GitHub shows no patch beyond this many characters. */
const MAX_PATCH = 500_000;

export function renderCommit(site: Site, repository: FakeRepository, commit: GitCommit) {
  const api = `${site.apiUrl}/repos/${repository.fullName}`;
  const html = `${site.serverUrl}/${repository.fullName}/commit`;
  return {
    sha: commit.sha,
    node_id: nodeId(`Commit:${commit.sha}`, repository.id),
    url: `${api}/commits/${commit.sha}`,
    html_url: `${html}/${commit.sha}`,
    comments_url: `${api}/commits/${commit.sha}/comments`,
    commit: {
      url: `${api}/git/commits/${commit.sha}`,
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      comment_count: 0,
      tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
      verification: UNSIGNED,
    },
    // Filled in only for addresses that belong to an account; the fake knows none.
    author: null,
    committer: null,
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${api}/commits/${sha}`,
      html_url: `${html}/${sha}`,
    })),
  };
}

/** A commit as the git database shows it. */
export function renderGitCommit(site: Site, repository: FakeRepository, commit: GitCommit) {
  const api = `${site.apiUrl}/repos/${repository.fullName}/git`;
  const html = `${site.serverUrl}/${repository.fullName}/commit`;
  return {
    sha: commit.sha,
    node_id: nodeId(`Commit:${commit.sha}`, repository.id),
    url: `${api}/commits/${commit.sha}`,
    html_url: `${html}/${commit.sha}`,
    author: commit.author,
    committer: commit.committer,
    message: commit.message,
    tree: { sha: commit.tree, url: `${api}/trees/${commit.tree}` },
    parents: commit.parents.map((sha) => ({ sha, url: `${api}/commits/${sha}`, html_url: `${html}/${sha}` })),
    verification: UNSIGNED,
  };
}

const UNSIGNED = { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null };

export function renderChangedFile(
  site: Site,
  repository: FakeRepository,
  file: ChangedFile & { readonly commit: string },
) {
  const path = file.path.split('/').map(encodeURIComponent).join('/');
  const html = `${site.serverUrl}/${repository.fullName}`;
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${html}/blob/${file.commit}/${path}`,
    raw_url: `${html}/raw/${file.commit}/${path}`,
    contents_url: `${site.apiUrl}/repos/${repository.fullName}/contents/${path}?ref=${file.commit}`,
    ...(file.patch === undefined || file.patch.length > MAX_PATCH ? {} : { patch: file.patch }),
    ...(file.previousPath === undefined ? {} : { previous_filename: file.previousPath }),
  };
}
