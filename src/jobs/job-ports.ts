import type { ChangeInCommits } from '../affected/find-affected.ts';
import type { Affected } from '../domain/affected.ts';
import type { Logger } from '../domain/logger.ts';
import type { ReviewReport, VerifyReport } from '../domain/report.ts';
import type { GitObjects } from '../review/ports.ts';
import type { FindingExplainer, ReviewProgress, ReviewRequest } from '../review/request.ts';
import type { ArtifactStore, SecretSource } from '../verify/ports.ts';
import type { VerifyProgress, VerifyRequest } from '../verify/request.ts';
import type { Installations, JobQueue, Store } from './ports.ts';

/** Everything that a job's handler works with; wired in one place. */
export interface JobPorts {
  readonly installations: Installations;
  readonly queue: JobQueue;
  readonly store: Store;
  /** Reviews a diff. Rejects with the signal's reason when it is aborted. */
  readonly review: (
    request: ReviewRequest,
    objects: GitObjects,
    onProgress: (progress: ReviewProgress) => void,
    signal: AbortSignal,
  ) => Promise<ReviewReport>;
  /** Finds what of the product a change may affect, without running anything of the repository; without it nobody knows. */
  readonly affected?: (
    change: ChangeInCommits,
    objects: GitObjects,
    signal: AbortSignal,
  ) => Promise<Affected>;
  /** Verifies a preview. Rejects with the signal's reason when it is aborted. */
  readonly verify: (
    request: VerifyRequest,
    artifacts: ArtifactStore,
    secrets: SecretSource,
    onProgress: (progress: VerifyProgress) => void,
    signal: AbortSignal,
  ) => Promise<VerifyReport>;
  /** Looks at a finding of the diff again; absent when there is no model. */
  readonly explainer?: FindingExplainer;
  readonly logger: Logger;
  /** 32 bytes, derived from the App's secret: signs the ledger in the hidden end of the summary. */
  readonly markerKey: Uint8Array;
  /** Replaces the operator's own secrets in a text; those of the repository are added by the job. */
  readonly redact: (text: string) => string;
  readonly now: () => Date;
  /** Waits; rejects with the signal's reason when it is aborted first. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Of Firsthand, for the reports. */
  readonly version: string;
  /** Where repositories are shown, without a slash at the end: https://github.com. */
  readonly webUrl: string;
  /** `host:port` of private addresses that the operator allows the browser to visit. */
  readonly privateHosts: readonly string[];
}
