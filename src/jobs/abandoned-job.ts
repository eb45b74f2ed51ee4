import type { AbandonedJob } from './job.ts';
import type { JobPorts } from './job-ports.ts';
import type { JobContext } from './ports.ts';
import type { Redaction } from './redaction.ts';
import { openRun } from './run-session.ts';

/** Shows as failed a run whose process ended on every attempt. `context.id` is the id of that run. */
export async function runAbandoned(
  job: AbandonedJob,
  context: JobContext,
  options: { readonly ports: JobPorts; readonly redaction: Redaction },
): Promise<void> {
  options.ports.logger.error('a run died on every attempt', { id: context.id, part: job.part });
  const run = await openRun(job.part, job, context, options);
  await run?.fail(
    `the process that did it ended on every attempt; the operator finds it in the log under ${context.id}`,
  );
}
