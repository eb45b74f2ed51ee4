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
import { renderReaction } from '../render/issue.ts';
import { renderPullSimple } from '../render/pull-request.ts';
import { renderReviewComment } from '../render/review.ts';
import { type Site, type SiteEvent, timestamp } from '../site.ts';
import type { FakeReaction, FakeRepository, FakeReview, FakeReviewComment, FakeUser } from '../state.ts';
import type { AnchorBody } from './anchor.ts';
import { inRepository } from './in-repository.ts';
import { addReaction, refuseForeign } from './issue-comments.ts';
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
  'reactions/list-for-pull-request-review-comment': inRepository((call) => {
    const content = call.query.get('content');
    const reactions = find(call).reactions.filter((one) => content === null || one.content === content);
    return page(call, reactions, (shown) => shown.map((reaction) => renderReaction(call.site, reaction)));
  }),
  'reactions/create-for-pull-request-review-comment': inRepository((call) => {
    const { content } = bodyOf<Pick<FakeReaction, 'content'>>(call);
    const { reaction, isNew } = addReaction(call.site, find(call).reactions, {
      user: authorOf(call),
      content,
    });
    return isNew ? created(renderReaction(call.site, reaction)) : ok(renderReaction(call.site, reaction));
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
  const user = authorOf(call);
  const review = wrapInReview(call, { pull: pull.number, commitSha, user });
  const comment = addReviewComment(call, {
    ...anchor,
    path: body.path,
    body: body.body,
    user,
    reviewId: review.id,
    pull: pull.number,
    commitSha,
  });
  return created(render(call, comment));
}

/** A reply is to the first comment of a thread; one to a reply is refused. */
async function createReply(call: RepositoryCall): Promise<Reply> {
  const { site, repository } = call;
  const pull = findIn(repository.pulls, call, 'pull_number');
  const parent = find(call);
  if (parent.pull !== pull.number || parent.inReplyTo !== undefined) throw notFound();
  const user = authorOf(call);
  const comment = addReply(call, { parent, user, body: bodyOf<{ body: string }>(call).body });
  site.emitLater(await replyEvent(site, repository, comment));
  return created(render(call, comment));
}

/** GitHub wraps a single comment in a review of its own. */
function wrapInReview(
  { site, repository }: Pick<RepositoryCall, 'site' | 'repository'>,
  { pull, commitSha, user }: { readonly pull: number; readonly commitSha: string; readonly user: FakeUser },
): FakeReview {
  const review: FakeReview = {
    id: site.nextId(),
    pull,
    user,
    body: '',
    state: 'COMMENTED',
    commitSha,
    submittedAt: timestamp(site.now()),
  };
  repository.reviews.set(review.id, review);
  return review;
}

/** Adds a comment to the thread that `parent` began. */
export function addReply(
  at: Pick<RepositoryCall, 'site' | 'repository'>,
  {
    parent,
    user,
    body,
  }: { readonly parent: FakeReviewComment; readonly user: FakeUser; readonly body: string },
): FakeReviewComment {
  const review = wrapInReview(at, { pull: parent.pull, commitSha: parent.commitSha, user });
  return addReviewComment(at, { ...parent, body, user, reviewId: review.id, inReplyTo: parent.id });
}

/** The webhook of a new review comment. */
export async function replyEvent(
  site: Site,
  repository: FakeRepository,
  comment: FakeReviewComment,
): Promise<SiteEvent> {
  const pull = repository.pulls.get(comment.pull);
  if (pull === undefined) throw notFound();
  return {
    event: 'pull_request_review_comment',
    action: 'created',
    repository,
    sender: comment.user,
    payload: {
      comment: renderReviewComment(site, repository, comment),
      pull_request: await renderPullSimple(site, repository, pull),
    },
  };
}
