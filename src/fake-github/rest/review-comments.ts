import { notFound, validationFailed } from '../http/api-error.ts';
import {
  authorOf,
  bodyOf,
  created,
  findIn,
  type Handler,
  ok,
  type Reply,
  type RepositoryCall,
} from '../http/call.ts';
import { page } from '../http/page.ts';
import { renderReviewComment } from '../render/review.ts';
import { timestamp } from '../site.ts';
import type { FakeReview, FakeReviewComment } from '../state.ts';
import type { AnchorBody } from './anchor.ts';
import { inRepository } from './in-repository.ts';
import { refuseForeign } from './issue-comments.ts';
import { addReviewComment, resolveAnchors } from './reviews.ts';

export const reviewCommentHandlers: Readonly<Record<string, Handler>> = {
  'pulls/list-review-comments': inRepository((call) => {
    const { site, repository } = call;
    const pull = findIn(repository.pulls, call, 'pull_number');
    const comments = [...repository.reviewComments.values()].filter((comment) => {
      const isPending = repository.reviews.get(comment.reviewId)?.state === 'PENDING';
      return comment.pull === pull.number && !isPending;
    });
    return page(call, comments, (shown) =>
      shown.map((comment) => renderReviewComment(site, repository, comment)),
    );
  }),
  'pulls/get-review-comment': inRepository((call) => ok(render(call, find(call)))),
  'pulls/create-review-comment': inRepository(createReviewComment),
  'pulls/create-reply-for-review-comment': inRepository(createReply),
  'pulls/update-review-comment': inRepository((call) => {
    const comment = find(call);
    refuseForeign(call, comment.user);
    comment.body = bodyOf<{ body: string }>(call).body;
    comment.updatedAt = timestamp(call.site.now());
    return ok(render(call, comment));
  }),
  'pulls/delete-review-comment': inRepository((call) => {
    const comment = find(call);
    refuseForeign(call, comment.user);
    call.repository.reviewComments.delete(comment.id);
    return { status: 204 };
  }),
};

function find(call: RepositoryCall): FakeReviewComment {
  return findIn(call.repository.reviewComments, call, 'comment_id');
}

function render(call: RepositoryCall, comment: FakeReviewComment) {
  return renderReviewComment(call.site, call.repository, comment);
}

/** GitHub wraps a single comment in a review of its own. */
function wrap(call: RepositoryCall, pull: number, commitSha: string): FakeReview {
  const review: FakeReview = {
    id: call.site.nextId(),
    pull,
    user: authorOf(call),
    body: '',
    state: 'COMMENTED',
    commitSha,
    submittedAt: timestamp(call.site.now()),
  };
  call.repository.reviews.set(review.id, review);
  return review;
}

async function createReviewComment(call: RepositoryCall): Promise<Reply> {
  const pull = findIn(call.repository.pulls, call, 'pull_number');
  const body = bodyOf<AnchorBody & { body: string; commit_id: string }>(call);
  if (body.line === undefined && body.position === undefined && body.subject_type !== 'file') {
    throw validationFailed(
      'PullRequestReviewComment',
      'line',
      "line, position or subject_type wasn't supplied.",
    );
  }
  const commitSha = body.commit_id;
  const [anchor] = await resolveAnchors(call, pull, { commitSha, comments: [body] });
  if (anchor === undefined) throw notFound();
  const review = wrap(call, pull.number, commitSha);
  const comment = addReviewComment(call, {
    ...anchor,
    path: body.path,
    body: body.body,
    reviewId: review.id,
    pull: pull.number,
    commitSha,
  });
  return created(render(call, comment));
}

/** A reply is to the first comment of a thread; one to a reply is refused. */
function createReply(call: RepositoryCall): Reply {
  const pull = findIn(call.repository.pulls, call, 'pull_number');
  const parent = find(call);
  if (parent.pull !== pull.number || parent.inReplyTo !== undefined) throw notFound();
  const review = wrap(call, pull.number, parent.commitSha);
  const comment = addReviewComment(call, {
    ...parent,
    body: bodyOf<{ body: string }>(call).body,
    reviewId: review.id,
    inReplyTo: parent.id,
  });
  return created(render(call, comment));
}
