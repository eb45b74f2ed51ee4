import { findApprover } from '../domain/approval.ts';
import type { Ledger } from '../domain/ledger.ts';
import type { Logger } from '../domain/logger.ts';
import type { PullRequest } from '../domain/pull-request.ts';
import type { JobPorts } from './job-ports.ts';
import { openLedgerKeeper } from './ledger-keeper.ts';
import type { Installation } from './ports.ts';
import { findSummary } from './run-summary.ts';

/** Keeps, for the branch that the pull request was merged into, how people accepted that things look now. */
export async function rememberMerged(
  pull: PullRequest,
  options: { readonly installation: Installation; readonly ports: JobPorts; readonly logger: Logger },
  signal: AbortSignal,
): Promise<void> {
  const { installation, ports, logger } = options;
  const marked = findSummary(await installation.listOwnComments(pull, signal))?.marker.ledger;
  const store = ports.store.ledgers;
  const ledger = await openLedgerKeeper({ store, pull, key: ports.markerKey, marked, logger });
  await keepForBranch(pull, ledger.current(), ports);
}

/** Only what the head that was merged looked like: what was accepted and then changed again was not merged. */
export async function keepForBranch(
  pull: PullRequest,
  { approvals }: Pick<Ledger, 'approvals'>,
  { store }: Pick<JobPorts, 'store'>,
): Promise<void> {
  const { verify } = await store.reports.load(pull, pull.headSha);
  const looks = verify?.findings.flatMap((finding) => finding.looks ?? []);
  const merged = approvals.filter(
    (approval) =>
      looks === undefined || looks.some((look) => findApprover({ looks: [look] }, [approval]) !== undefined),
  );
  const named = merged.map((approval) => ({ ...approval, pull: approval.pull ?? pull.number }));
  await store.approvals.keep(pull, pull.baseRef, named);
}
