import type { FileDiff } from '../domain/diff.ts';
import type { Logger } from '../domain/logger.ts';
import type { PullRequestRef } from '../domain/pull-request.ts';
import type { ReviewReport } from '../domain/report.ts';
import { describeCost } from './describe-cost.ts';
import { readReviewMarker } from './marker.ts';
import type { OwnReview, Publisher } from './ports.ts';
import { renderInlineComment } from './render-inline-comment.ts';
import { renderReviewBody } from './render-review-body.ts';
import { selectFindings } from './select-findings.ts';

/** What became of a review. `inline` are the ids of the findings that it says in the diff. */
export interface PostedReview {
  readonly kind: 'posted' | 'posted-before' | 'nothing-to-say' | 'refused';
  readonly inline: readonly string[];
}

/**
 * Posts the review of one head commit, once in its life: a second attempt finds it by its commit and its marker.
 *
 * Only what is in `unsaid` is said, and a review without a comment is not posted at all. When GitHub refuses the
 * comments, the review is posted with everything in its body.
 */
export async function publishReview(
  report: ReviewReport,
  options: {
    readonly publisher: Publisher;
    readonly pull: PullRequestRef;
    readonly headSha: string;
    readonly repositoryUrl?: string;
    readonly diff: readonly FileDiff[];
    /** How many inline comments may stand open at a time; `openInline` of them do. */
    readonly maxInline: number;
    readonly openInline: number;
    readonly unsaid: ReadonlySet<string>;
    /** By id, the commit in which a finding was fixed that is back. */
    readonly fixedBefore: ReadonlyMap<string, string>;
    readonly logger: Logger;
  },
  signal: AbortSignal,
): Promise<PostedReview> {
  const { publisher, pull, headSha, logger } = options;
  const reviews = await publisher.listOwnReviews(pull, signal);
  const posted = reviews.find((review) => isOf(review, headSha));
  if (posted !== undefined) {
    return { kind: 'posted-before', inline: readReviewMarker(posted.body)?.inline ?? [] };
  }

  const selection = selectFindings(report.findings, options);
  if (selection.inline.length === 0) return { kind: 'nothing-to-say', inline: [] };

  const post = (body: string, comments: Parameters<Publisher['createReview']>[1]['comments']) => {
    signal.throwIfAborted();
    return publisher.createReview(pull, { commitSha: headSha, body, comments }, signal);
  };
  const comments = selection.inline.flatMap((finding) =>
    finding.location === undefined
      ? []
      : [{ location: finding.location, body: renderInlineComment(finding, headSha, options) }],
  );
  const hasModels = report.reviewers.some(({ tokens }) => tokens > 0);
  const context = { ...options, ...(hasModels ? { cost: describeCost(report) } : {}) };
  const answer = await post(renderReviewBody(selection, context), comments);
  if (answer.kind === 'created') {
    return { kind: 'posted', inline: selection.inline.map((finding) => finding.id) };
  }
  logger.warn('GitHub refused the inline comments; posting the review without them', {
    headSha,
    reason: answer.reason,
    comments: comments.length,
  });
  const second = await post(renderReviewBody(selection, { ...context, refusal: answer.reason }), []);
  if (second.kind === 'created') return { kind: 'posted', inline: [] };
  logger.error('GitHub refused the review', { headSha, reason: second.reason });
  return { kind: 'refused', inline: [] };
}

function isOf(review: OwnReview, headSha: string): boolean {
  return review.commitSha === headSha && readReviewMarker(review.body)?.head === headSha;
}
