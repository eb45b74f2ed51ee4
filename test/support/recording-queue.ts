import type { Job } from '../../src/jobs/job.ts';
import type { JobQueue } from '../../src/jobs/ports.ts';

/** A queue that only remembers what it was given, each key once. */
export interface RecordingQueue extends JobQueue {
  readonly jobs: readonly { readonly job: Job; readonly key: string }[];
  readonly cancellations: readonly Parameters<JobQueue['cancelRuns']>[];
  /** From now on, storing fails with this error. */
  break(error: Error): void;
}

export function createRecordingQueue(): RecordingQueue {
  const jobs: { job: Job; key: string }[] = [];
  const cancellations: Parameters<JobQueue['cancelRuns']>[] = [];
  let broken: Error | undefined;
  return {
    jobs,
    cancellations,
    break(error) {
      broken = error;
    },
    enqueue(job, key) {
      if (broken !== undefined) return Promise.reject(broken);
      if (jobs.some((known) => known.key === key)) return Promise.resolve('duplicate');
      jobs.push({ job, key });
      return Promise.resolve('enqueued');
    },
    cancelRuns(...call) {
      cancellations.push(call);
      return Promise.resolve(0);
    },
  };
}
