import { ApiError, notFound } from '../http/api-error.ts';
import { roleOf } from '../site.ts';
import type { FakeRepository, Permissions } from '../state.ts';
import { type Caller, canSee, isGranted } from './caller.ts';
import { OPERATION_ACCESS } from './operation-access.ts';

/** Throws GitHub's answer when the caller may not do this: 401, 403, or 404 for what it may not see. */
export function authorise(caller: Caller, operationId: string, repository: FakeRepository | undefined): void {
  const access = OPERATION_ACCESS[operationId];
  if (access === undefined || access === 'anyone') return;
  if (access === 'app') {
    if (caller.kind === 'app') return;
    throw new ApiError(401, 'A JSON web token could not be decoded');
  }
  if (caller.kind === 'app') {
    throw new ApiError(
      403,
      'You must authenticate with an installation access token in order to access this resource.',
    );
  }
  if (access === 'any-installation') {
    if (caller.kind === 'installation') return;
    throw new ApiError(
      403,
      'You must authenticate with an installation access token in order to list repositories.',
    );
  }
  if (repository === undefined || !canSee(caller, repository)) throw notFound();
  const isWrite = access.some((permission) => permission.endsWith(':write'));
  switch (caller.kind) {
    case 'anonymous':
      if (isWrite) throw new ApiError(401, 'Requires authentication');
      return;
    case 'user':
      if (isWrite && !mayWrite(operationId, roleOf(repository, caller.user.login))) {
        throw new ApiError(403, 'Must have write access to the repository.');
      }
      return;
    case 'installation':
      if (!isGranted(caller, repository) || !holds(caller.token.permissions, access)) {
        throw new ApiError(403, 'Resource not accessible by integration');
      }
      return;
    default:
      caller satisfies never;
  }
}

/** Whether the permissions include one of `wanted`. Every app may read metadata. */
export function holds(permissions: Permissions, wanted: readonly string[]): boolean {
  return wanted.some((permission) => {
    const [name = '', level] = permission.split(':');
    const held = permissions[name] ?? (name === 'metadata' ? 'read' : undefined);
    return held === 'write' || held === level;
  });
}

/** Anyone who sees a repository may talk there; the rest takes a writer. */
function mayWrite(operationId: string, role: string): boolean {
  if (/^(issues|reactions|pulls)\//.test(operationId)) return role !== 'none';
  return role === 'write' || role === 'maintain' || role === 'admin';
}
