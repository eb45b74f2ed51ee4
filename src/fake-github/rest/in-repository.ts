import { notFound } from '../http/api-error.ts';
import type { Call, Handler, RepositoryHandler } from '../http/call.ts';
import type { FakeRepository } from '../state.ts';

/** The repository that a route names, by `owner` and `repo`; names are compared as GitHub does, without case. */
export function findRepository(call: Pick<Call, 'parameters' | 'site'>): FakeRepository | undefined {
  const { owner, repo } = call.parameters;
  if (owner === undefined || repo === undefined) return undefined;
  const wanted = `${owner}/${repo}`.toLowerCase();
  return [...call.site.state.repositories.values()].find(
    (repository) => repository.fullName.toLowerCase() === wanted,
  );
}

/** A handler for routes about one repository; the caller's right to it was checked before. */
export function inRepository(handler: RepositoryHandler): Handler {
  return (call) => {
    const repository = findRepository(call);
    if (repository === undefined) throw notFound();
    return handler({ ...call, repository });
  };
}
