import type { z } from 'zod';
import type { Approval } from '../domain/approval.ts';
import type { Ledger } from '../domain/ledger.ts';
import type { PullRequest, PullRequestRef, RepositoryRef } from '../domain/pull-request.ts';
import type { ReviewReport, VerifyReport } from '../domain/report.ts';
import type { Publisher } from '../report/ports.ts';
import type { GitObjects } from '../review/ports.ts';
import type { ArtifactStore, SecretSource } from '../verify/ports.ts';
import type { Job } from './job.ts';
import type { PreviewSigns } from './preview/ports.ts';

/** Takes jobs and keeps them through crashes. */
export interface JobQueue {
  /**
   * Keeps the job; resolves when it is stored. The same `key` again is a no-op as long as the first is remembered
   * (seven days), whatever became of it. Throws when the job could not be stored.
   *
   * Run jobs (`isRunJob`) of one pull request run one at a time, in the order in which they came.
   */
  enqueue(job: Job, key: string): Promise<'enqueued' | 'duplicate'>;
  /**
   * Cancels waiting and active run jobs of the pull request, except those for `exceptHeadSha` and the job `exceptId`.
   * An active one's signal is aborted within two seconds, on whichever machine it runs. Returns how many.
   */
  cancelRuns(
    pull: PullRequestRef,
    options?: { readonly exceptHeadSha?: string; readonly exceptId?: string },
  ): Promise<number>;
}

/** What a job's handler is given beside the job. */
export interface JobContext {
  /** The same on every attempt. */
  readonly id: string;
  /** Counted from 1. */
  readonly attempt: number;
  readonly isLastAttempt: boolean;
  readonly startedAt: Date;
  /** Aborted when the job is cancelled or superseded, and when the worker stops. */
  readonly signal: AbortSignal;
  /**
   * Runs `work` once in the life of the job and remembers its result, which must survive JSON; a later attempt gets
   * the remembered result, checked against `schema`. A crash between work and remembering runs `work` again, so what
   * it does to the outside must be safe to repeat.
   */
  step<Result>(name: string, schema: z.ZodType<Result>, work: () => Promise<Result>): Promise<Result>;
}

/** Hands stored jobs to a handler. */
export interface JobWorker {
  /**
   * Starts taking jobs. A handler that throws `TransientError` is run again, up to ten times with growing gaps; any
   * other error ends the job as failed.
   */
  start(handler: (job: Job, context: JobContext) => Promise<void>): Promise<void>;
  /** Takes no new jobs, gives active ones `graceMs` to finish, then aborts them so that another worker resumes them. */
  stop(graceMs: number): Promise<void>;
}

/** Runs' results, kept per pull request and head commit, so that either pipeline can write the whole summary. */
export interface ReportStore {
  save(pull: PullRequestRef, headSha: string, report: ReviewReport | VerifyReport): Promise<void>;
  load(
    pull: PullRequestRef,
    headSha: string,
  ): Promise<{ readonly review?: ReviewReport; readonly verify?: VerifyReport }>;
}

/** The ledger of each pull request: what became of its findings. */
export interface LedgerStore {
  /** With its revision; without its content when that cannot be read any more. */
  load(pull: PullRequestRef): Promise<{ readonly revision: number; readonly ledger?: Ledger } | undefined>;
  /**
   * Keeps the ledger when the stored revision still is `expected` (undefined: nothing is stored). Returns whether it was
   * kept; if not, somebody else was faster, and the change must be made anew.
   */
  save(pull: PullRequestRef, ledger: Ledger, expected: number | undefined): Promise<boolean>;
}

/** How things look that people accepted on pull requests which were then merged, by the branch they went to. */
export interface ApprovalStore {
  /** The newest thousands, the oldest first. */
  ofBranch(repository: RepositoryRef, branch: string): Promise<readonly Approval[]>;
  /** Keeps them; what is kept already stays as it is, however often and by how many at once it is handed over. */
  keep(repository: RepositoryRef, branch: string, approvals: readonly Approval[]): Promise<void>;
}

/** Pictures and tests of one run, readable from every machine until they are published. */
export interface RunArtifacts extends ArtifactStore {
  read(name: string): Promise<Uint8Array | undefined>;
}

/** Everything kept between runs. */
export interface Store {
  readonly reports: ReportStore;
  readonly ledgers: LedgerStore;
  readonly approvals: ApprovalStore;
  artifacts(runId: string): RunArtifacts;
  /** Secrets of one repository, encrypted where they are kept. */
  secrets(repository: RepositoryRef): SecretSource;
}

/** A deployment that GitHub knows of. */
export interface Deployment {
  readonly sha: string;
  readonly environment: string;
  readonly url: string;
  readonly createdAt: string;
}

/** What the app reads and does at GitHub as one installation, beside publishing. */
export interface Installation extends Publisher {
  getPullRequest(pull: PullRequestRef, signal: AbortSignal): Promise<PullRequest>;
  /** What stands in an issue; undefined when there is none of this number, or it is a pull request. */
  getIssue(
    issue: PullRequestRef,
    signal: AbortSignal,
  ): Promise<{ readonly title: string; readonly description: string } | undefined>;
  /** Numbers of the open pull requests whose head is `sha`. */
  findPullRequests(repository: RepositoryRef, sha: string, signal: AbortSignal): Promise<readonly number[]>;
  /** Whether GitHub, asked now, says that this person may write to the repository. */
  canWrite(repository: RepositoryRef, login: string, signal: AbortSignal): Promise<boolean>;
  /** Acknowledges a comment. Best effort: a failure is logged, never thrown. */
  react(
    repository: RepositoryRef,
    commentId: number,
    reaction: 'eyes' | '+1' | 'confused' | 'rocket',
    signal: AbortSignal,
  ): Promise<void>;
  /** Acknowledges a reply in a thread. Best effort, as `react`. */
  reactInThread(
    repository: RepositoryRef,
    commentId: number,
    reaction: 'eyes' | '+1' | 'confused' | 'rocket',
    signal: AbortSignal,
  ): Promise<void>;
  /** Successful deployments of a commit, or of a branch's newest commits, newest first; each with an address. */
  listDeployments(
    repository: RepositoryRef,
    of: { readonly sha: string } | { readonly ref: string },
    signal: AbortSignal,
  ): Promise<readonly Deployment[]>;
  /**
   * Reads what stands about the head commit and its pull request and may name a preview. What GitHub refuses to tell is in
   * `unread`; throws `TransientError` when it may pass.
   */
  listPreviewSigns(pull: PullRequest, signal: AbortSignal): Promise<PreviewSigns>;
  /**
   * Opens the repository's git objects with the two commits fetched (the head also from a fork, by the pull request's
   * own ref). Throws `TransientError` when git cannot reach GitHub.
   */
  openObjects(pull: PullRequest, signal: AbortSignal): Promise<GitObjects>;
}

/** Logs in as an installation of the app. */
export interface Installations {
  /** The same installation's token is shared and renewed before it runs out. */
  open(installationId: number): Promise<Installation>;
}
