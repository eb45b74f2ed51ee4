import type { Location } from '../domain/finding.ts';
import type { PullRequestRef, RepositoryRef } from '../domain/pull-request.ts';

/** A comment, or the body of a review, that this app wrote. */
export interface OwnComment {
  readonly id: number;
  readonly body: string;
}

/** A review that this app posted. */
export interface OwnReview extends OwnComment {
  readonly commitSha: string;
}

/** An answer in the thread of an inline comment. */
export interface ThreadReply {
  readonly id: number;
  /** Empty when the account is gone. */
  readonly author: string;
  readonly body: string;
  /** This app wrote it. */
  readonly isOwn: boolean;
}

/** The thread that an inline comment of this app began. */
export interface FindingThread {
  readonly commentId: number;
  /** Of the comment. */
  readonly body: string;
  /** What `resolveThread` takes; absent when GitHub does not say. */
  readonly threadId?: string;
  /** Undefined when GitHub does not say. */
  readonly isResolved: boolean | undefined;
  /** A bot's name without its `[bot]`. */
  readonly resolvedBy?: string;
  /** People who put 👎 on the comment. */
  readonly downvotedBy: readonly string[];
  /** Oldest first. */
  readonly replies: readonly ThreadReply[];
}

/** One inline comment of a review. `location` must lie in the diff. */
export interface InlineComment {
  readonly location: Location;
  readonly body: string;
}

export type Conclusion = 'success' | 'neutral' | 'failure' | 'cancelled' | 'skipped';

/** A line note on a check run. Lines are 1-based, inclusive, of the head. */
export interface Annotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly level: 'notice' | 'warning' | 'failure';
  readonly title: string;
  readonly message: string;
}

/** A button on a check run; GitHub allows three. Label ≤ 20 characters, description ≤ 40, identifier ≤ 20. */
export interface CheckAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}

export interface CheckRun {
  readonly name: string;
  readonly headSha: string;
  /** Ours, the same on every attempt of a run, so that a repeated attempt finds the check run it made. */
  readonly externalId: string;
  readonly status: 'queued' | 'in_progress' | 'completed';
  readonly conclusion?: Conclusion;
  readonly title: string;
  readonly summary: string;
  readonly text?: string;
  readonly annotations: readonly Annotation[];
  readonly actions: readonly CheckAction[];
}

export interface Picture {
  /** File name, such as `a1b2c3-actual.png`. */
  readonly name: string;
  readonly png: Uint8Array;
}

/**
 * Where a report goes: GitHub. Every method throws `TransientError` when the trouble may pass; every body it is given
 * is within GitHub's limits already.
 */
export interface Publisher {
  /** Every issue comment this app wrote on the pull request, oldest first, from all pages. */
  listOwnComments(pull: PullRequestRef, signal: AbortSignal): Promise<readonly OwnComment[]>;
  createComment(pull: PullRequestRef, body: string, signal: AbortSignal): Promise<OwnComment>;
  /** Replaces the body. `gone` when a person deleted the comment. */
  updateComment(
    pull: PullRequestRef,
    id: number,
    body: string,
    signal: AbortSignal,
  ): Promise<{ readonly kind: 'updated' | 'gone' }>;
  /** Every review this app posted on the pull request, oldest first, from all pages. */
  listOwnReviews(pull: PullRequestRef, signal: AbortSignal): Promise<readonly OwnReview[]>;
  /** Posts one review with event COMMENT. GitHub takes it whole or refuses it whole (`refused`, from a 422). */
  createReview(
    pull: PullRequestRef,
    review: {
      readonly commitSha: string;
      readonly body: string;
      readonly comments: readonly InlineComment[];
    },
    signal: AbortSignal,
  ): Promise<
    { readonly kind: 'created'; readonly id: number } | { readonly kind: 'refused'; readonly reason: string }
  >;
  /** The threads that this app's inline comments began, oldest first, from all pages; nobody else's. */
  listOwnThreads(pull: PullRequestRef, signal: AbortSignal): Promise<readonly FindingThread[]>;
  /** Answers in the thread that the comment `commentId` began; `gone` when a person deleted it. */
  replyInThread(
    pull: PullRequestRef,
    commentId: number,
    body: string,
    signal: AbortSignal,
  ): Promise<{ readonly kind: 'replied' | 'gone' }>;
  /** Replaces the body of one of this app's own inline comments. `gone` when a person deleted it. */
  updateReviewComment(
    pull: PullRequestRef,
    id: number,
    body: string,
    signal: AbortSignal,
  ): Promise<{ readonly kind: 'updated' | 'gone' }>;
  /** Resolves a thread of `listOwnThreads`; `refused` where the installation may not. */
  resolveThread(
    pull: PullRequestRef,
    threadId: string,
    signal: AbortSignal,
  ): Promise<{ readonly kind: 'resolved' | 'refused' }>;
  /** Creates the check run, or updates the one with the same name, head and external id; annotations in batches of 50. */
  putCheckRun(repository: RepositoryRef, check: CheckRun, signal: AbortSignal): Promise<void>;
  /** Every check run of this app on the commit that is not completed, from all pages; none when the commit is gone. */
  listUnfinishedChecks(
    repository: RepositoryRef,
    headSha: string,
    signal: AbortSignal,
  ): Promise<readonly Pick<CheckRun, 'name' | 'externalId'>[]>;
  /**
   * Keeps pictures as git objects under a ref outside `refs/heads` and returns the address of each by name, fit for an
   * `<img>` in a comment. `key` names the ref's last part; the same key and pictures give the same addresses.
   */
  storePictures(
    repository: RepositoryRef,
    key: string,
    pictures: readonly Picture[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, string>>;
}
