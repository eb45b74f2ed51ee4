import type { RepositoryRef } from '../domain/pull-request.ts';

/** `owner/repo` in lower case: GitHub's names differ by more than their case. */
export function repositoryKey(repository: RepositoryRef): string {
  return `${repository.owner}/${repository.repo}`.toLowerCase();
}
