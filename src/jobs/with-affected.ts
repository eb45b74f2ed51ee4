import type { ChangeInCommits } from '../affected/find-affected.ts';
import type { GitObjects } from '../review/ports.ts';
import type { VerifyRequest } from '../verify/request.ts';
import type { JobPorts } from './job-ports.ts';

/** Reading a repository for what a change affects takes no longer; without it a run looks everywhere alike. */
const LIMIT_MS = 60_000;

export interface AffectedSearch {
  readonly change: ChangeInCommits;
  readonly objects: GitObjects;
  readonly ports: Pick<JobPorts, 'affected' | 'logger'>;
}

/** Adds to a request what of the product the change may affect. Best effort: a failure is logged. */
export async function withAffected(
  request: VerifyRequest,
  { change, objects, ports }: AffectedSearch,
  signal: AbortSignal,
): Promise<VerifyRequest> {
  if (ports.affected === undefined) return request;
  try {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
    return { ...request, affected: await ports.affected(change, objects, limited) };
  } catch (error) {
    signal.throwIfAborted();
    ports.logger.warn('could not tell what the change affects', { error });
    return request;
  }
}
