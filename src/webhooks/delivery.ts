import type { Job } from '../jobs/job.ts';

/** A webhook whose signature was right. */
export interface Delivery {
  /** `X-GitHub-Delivery`: the same when GitHub delivers again. */
  readonly id: string;
  /** `X-GitHub-Event`, such as pull_request. */
  readonly event: string;
  readonly payload: unknown;
}

/** What a delivery asks for. */
export interface Intake {
  /** In the order in which they are to run. The same key is the same job. */
  readonly jobs: readonly { readonly job: Job; readonly key: string }[];
}

export const NOTHING: Intake = { jobs: [] };
