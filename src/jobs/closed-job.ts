import { cancelRuns } from './cancel-runs.ts';
import type { ClosedJob } from './job.ts';
import type { JobPorts } from './job-ports.ts';
import type { JobContext } from './ports.ts';
import { type Redaction, redactInstallation, redactLogger } from './redaction.ts';
import { rememberMerged } from './remember-approvals.ts';

/**
 * Ends what runs for a pull request that was closed, and remembers what was approved on one that was merged; nothing when
 * it was opened again meanwhile.
 */
export async function runClosed(
  job: ClosedJob,
  context: JobContext,
  { ports, redaction }: { readonly ports: JobPorts; readonly redaction: Redaction },
): Promise<void> {
  const logger = redactLogger(ports.logger, redaction);
  const installation = redactInstallation(await ports.installations.open(job.installationId), redaction);
  const pull = await installation.getPullRequest(job, context.signal);
  if (pull.state !== 'closed') return;
  await cancelRuns(pull, { installation, ports, logger, context });
  if (pull.isMerged) await rememberMerged(pull, { installation, ports, logger }, context.signal);
}
