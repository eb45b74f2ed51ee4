import { readCommit } from '../git/commits.ts';
import { renderCommit } from '../render/commit.ts';
import { renderCommitStatus } from '../render/deployment.ts';
import type { Site } from '../site.ts';
import type { FakeCommitStatus, FakeRepository } from '../state.ts';

/** Tells the app of a commit status, without waiting for its answer. */
export async function emitStatus(
  site: Site,
  repository: FakeRepository,
  status: FakeCommitStatus,
): Promise<void> {
  const { id, avatar_url, target_url, context, description, state, created_at, updated_at } =
    renderCommitStatus(site, repository, status);
  const commit = renderCommit(site, repository, await readCommit(repository.gitDir, status.sha));
  site.emitLater({
    event: 'status',
    repository,
    sender: status.creator,
    payload: {
      id,
      sha: status.sha,
      name: repository.fullName,
      avatar_url,
      target_url,
      context,
      description,
      state,
      commit,
      branches: [],
      created_at,
      updated_at,
    },
  });
}
