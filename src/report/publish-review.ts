import type { FileDiff } from '../domain/diff.ts';
import type { Logger } from '../domain/logger.ts';
import type { PullRequestRef } from '../domain/pull-request.ts';
import type { ReviewReport } from '../domain/report.ts';
import { readReviewMarker } from './marker.ts';
import type { OwnReview, Publisher } from './ports.ts';
import { renderInlineComment } from './render-inline-comment.ts';
import { renderReviewBody } from './render-review-body.ts';
import { selectFindings } from './select-findings.ts';

/** What became of a review. `inline` are the ids of all findings that stand as comments on the pull request. */
export interface PostedReview {
  readonly kind: 'posted' | 'posted-before' | 'nothing-to-say' | 'refused';
  readonly inline: readonly string[];
}

/**
 * Posts the review of one head commit, once in its life: a second attempt finds it by its commit and its marker.
 *
 * A finding that already stands as a comment from an earlier head is not said again, and a review without a new
 * comment is not posted at all. When GitHub refuses the comments, the review is posted with everything in its body.
 */
export async function publishReview(
  report: ReviewReport,
  options: {
    readonly publisher: Publisher;
    readonly pull: PullRequestRef;
    readonly headSha: string;
    readonly repositoryUrl?: string;
    readonly diff: readonly FileDiff[];
    readonly maxInline: number;
    readonly logger: Logger;
  },
  signal: AbortSignal,
): Promise<PostedReview> {
  const { publisher, pull, headSha, logger } = options;
  const reviews = await publisher.listOwnReviews(pull, signal);
  const before = inlineIds(reviews);
  if (reviews.some((review) => isOf(review, headSha))) return { kind: 'posted-before', inline: [...before] };

  const selection = selectFindings(report.findings, { ...options, alreadyInline: before });
  if (selection.inline.length === 0) return { kind: 'nothing-to-say', inline: [...before] };

  const post = (body: string, comments: Parameters<Publisher['createReview']>[1]['comments']) => {
    signal.throwIfAborted();
    return publisher.createReview(pull, { commitSha: headSha, body, comments }, signal);
  };
  const comments = selection.inline.flatMap((finding) =>
    finding.location === undefined
      ? []
      : [{ location: finding.location, body: renderInlineComment(finding, headSha) }],
  );
  const answer = await post(renderReviewBody(selection, options), comments);
  if (answer.kind === 'created') {
    return { kind: 'posted', inline: [...before, ...selection.inline.map((finding) => finding.id)] };
  }
  logger.warn('GitHub refused the inline comments; posting the review without them', {
    headSha,
    reason: answer.reason,
    comments: comments.length,
  });
  const second = await post(renderReviewBody(selection, { ...options, refusal: answer.reason }), []);
  if (second.kind === 'created') return { kind: 'posted', inline: [...before] };
  logger.error('GitHub refused the review', { headSha, reason: second.reason });
  return { kind: 'refused', inline: [...before] };
}

function isOf(review: OwnReview, headSha: string): boolean {
  return review.commitSha === headSha && readReviewMarker(review.body)?.head === headSha;
}

function inlineIds(reviews: readonly OwnReview[]): ReadonlySet<string> {
  return new Set(reviews.flatMap((review) => readReviewMarker(review.body)?.inline ?? []));
}
