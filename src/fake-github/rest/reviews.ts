import { listChangedFiles } from '../git/diff.ts';
import { objectType } from '../git/objects.ts';
import { isAncestor } from '../git/refs.ts';
import { ApiError, notFound } from '../http/api-error.ts';
import { authorOf, bodyOf, findIn, type Handler, ok, type Reply, type RepositoryCall } from '../http/call.ts';
import { page } from '../http/page.ts';
import { rangeOf, renderPullSimple } from '../render/pull-request.ts';
import { renderReview, renderReviewComment } from '../render/review.ts';
import { timestamp } from '../site.ts';
import type { FakePull, FakeReview, FakeReviewComment, FakeUser } from '../state.ts';
import { type Anchor, type AnchorBody, findAnchor } from './anchor.ts';
import { inRepository } from './in-repository.ts';
import { refuseForeign } from './issue-comments.ts';

type Event = 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT';

const STATES = { APPROVE: 'APPROVED', REQUEST_CHANGES: 'CHANGES_REQUESTED', COMMENT: 'COMMENTED' } as const;

export const reviewHandlers: Readonly<Record<string, Handler>> = {
  'pulls/list-reviews': inRepository((call) => {
    const { site, repository } = call;
    const pull = findIn(repository.pulls, call, 'pull_number');
    // A pending review is seen by its author only.
    const reviews = [...repository.reviews.values()].filter(
      (review) =>
        review.pull === pull.number && (review.state !== 'PENDING' || review.user.id === authorOf(call).id),
    );
    return page(call, reviews, (shown) => shown.map((review) => renderReview(site, repository, review)));
  }),
  'pulls/get-review': inRepository((call) => ok(renderReview(call.site, call.repository, findReview(call)))),
  'pulls/list-comments-for-review': inRepository((call) => {
    const { site, repository } = call;
    const review = findReview(call);
    const comments = [...repository.reviewComments.values()].filter((item) => item.reviewId === review.id);
    return page(call, comments, (shown) =>
      shown.map((comment) => renderReviewComment(site, repository, comment)),
    );
  }),
  'pulls/create-review': inRepository(createReview),
  'pulls/update-review': inRepository((call) => {
    const review = findReview(call);
    refuseForeign(call, review.user);
    review.body = bodyOf<{ body: string }>(call).body;
    return ok(renderReview(call.site, call.repository, review));
  }),
  'pulls/submit-review': inRepository((call) => {
    const review = findReview(call);
    if (review.state !== 'PENDING') throw unprocessable('Can not submit a review that was submitted before');
    const { event, body } = bodyOf<{ event: Event; body?: string }>(call);
    review.state = STATES[event];
    review.body = body ?? review.body;
    review.submittedAt = timestamp(call.site.now());
    return ok(renderReview(call.site, call.repository, review));
  }),
  'pulls/dismiss-review': inRepository((call) => {
    const review = findReview(call);
    refuseForeign(call, review.user);
    if (review.state !== 'APPROVED' && review.state !== 'CHANGES_REQUESTED') {
      throw unprocessable('Can not dismiss a commented pull request review');
    }
    review.state = 'DISMISSED';
    return ok(renderReview(call.site, call.repository, review));
  }),
  'pulls/delete-pending-review': inRepository((call) => {
    const review = findReview(call);
    refuseForeign(call, review.user);
    if (review.state !== 'PENDING') throw unprocessable('Can not delete a non-pending pull request review');
    const { reviews, reviewComments } = call.repository;
    reviews.delete(review.id);
    for (const comment of reviewComments.values()) {
      if (comment.reviewId === review.id) reviewComments.delete(comment.id);
    }
    return ok(renderReview(call.site, call.repository, review));
  }),
};

/** A 422 of the review routes, whose errors are plain texts. */
function unprocessable(...errors: readonly string[]): ApiError {
  return new ApiError(422, 'Unprocessable Entity', { errors });
}

function findReview(call: RepositoryCall): FakeReview {
  const review = findIn(call.repository.reviews, call, 'review_id');
  if (review.pull !== Number(call.parameters['pull_number'])) throw notFound();
  return review;
}

interface ReviewBody {
  readonly commit_id?: string;
  readonly body?: string;
  readonly event?: Event;
  readonly comments?: readonly (AnchorBody & { readonly body: string })[];
}

async function createReview(call: RepositoryCall): Promise<Reply> {
  const { site, repository } = call;
  const pull = findIn(repository.pulls, call, 'pull_number');
  const { commit_id: commit, body = '', event, comments = [] } = bodyOf<ReviewBody>(call);
  const user = authorOf(call);
  refuseReview(call, pull, { event, isEmpty: body === '' && comments.length === 0, body });
  const commitSha = commit ?? pull.headSha;
  const anchors = await resolveAnchors(call, pull, { commitSha, comments });
  const now = timestamp(site.now());
  const review: FakeReview = {
    id: site.nextId(),
    pull: pull.number,
    user,
    body,
    state: event === undefined ? 'PENDING' : STATES[event],
    commitSha,
    submittedAt: event === undefined ? undefined : now,
  };
  repository.reviews.set(review.id, review);
  for (const [index, anchor] of anchors.entries()) {
    const { path = '', body: text = '' } = comments[index] ?? {};
    addReviewComment(call, {
      ...anchor,
      path,
      body: text,
      user,
      reviewId: review.id,
      pull: pull.number,
      commitSha,
    });
  }
  if (event !== undefined) {
    site.emitLater({
      event: 'pull_request_review',
      action: 'submitted',
      repository,
      sender: user,
      payload: {
        review: { ...renderReview(site, repository, review), state: review.state.toLowerCase() },
        pull_request: await renderPullSimple(site, repository, pull),
      },
    });
  }
  return ok(renderReview(site, repository, review));
}

function refuseReview(
  call: RepositoryCall,
  pull: FakePull,
  review: { readonly event: Event | undefined; readonly isEmpty: boolean; readonly body: string },
): void {
  const user = authorOf(call);
  const isPending = (other: FakeReview) =>
    other.state === 'PENDING' && other.user.id === user.id && other.pull === pull.number;
  if ([...call.repository.reviews.values()].some(isPending)) {
    throw unprocessable('User can only have one pending review per pull request');
  }
  if (review.event === 'COMMENT' && review.isEmpty) throw unprocessable("Body can't be blank");
  if (review.event === 'REQUEST_CHANGES' && review.body === '') throw unprocessable("Body can't be blank");
  if ((review.event === 'APPROVE' || review.event === 'REQUEST_CHANGES') && pull.user.id === user.id) {
    throw unprocessable('Can not approve or request changes on your own pull request');
  }
}

/** The places of all comments; one that is not in the diff refuses the whole, as GitHub does. */
export async function resolveAnchors(
  { repository: { gitDir, ...rest } }: RepositoryCall,
  pull: FakePull,
  wanted: { readonly commitSha: string; readonly comments: readonly AnchorBody[] },
): Promise<readonly Anchor[]> {
  const isKnown = (await objectType(gitDir, wanted.commitSha)) === 'commit';
  if (!isKnown || !(await isAncestor(gitDir, wanted.commitSha, pull.headSha))) {
    throw unprocessable('The commit_id is not part of the pull request');
  }
  const { mergeBaseSha, headSha } = await rangeOf({ ...rest, gitDir }, pull, wanted.commitSha);
  const files = await listChangedFiles(gitDir, mergeBaseSha, headSha);
  const anchors = wanted.comments.map((comment) => findAnchor(files, comment));
  const faults = anchors.filter((anchor) => typeof anchor === 'string');
  if (faults.length > 0) throw unprocessable(...new Set(faults));
  return anchors.filter((anchor) => typeof anchor !== 'string');
}

export function addReviewComment(
  call: Pick<RepositoryCall, 'site' | 'repository'>,
  comment: Anchor &
    Pick<FakeReviewComment, 'path' | 'body' | 'reviewId' | 'pull' | 'commitSha'> & {
      readonly inReplyTo?: number;
      readonly user: FakeUser;
    },
): FakeReviewComment {
  const now = timestamp(call.site.now());
  const added: FakeReviewComment = {
    ...comment,
    inReplyTo: comment.inReplyTo,
    id: call.site.nextId(),
    createdAt: now,
    updatedAt: now,
    reactions: [],
    isResolved: false,
    resolvedBy: undefined,
  };
  call.repository.reviewComments.set(added.id, added);
  return added;
}
