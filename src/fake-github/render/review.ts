import { nodeId, type Site } from '../site.ts';
import type { FakeRepository, FakeReview, FakeReviewComment } from '../state.ts';
import { renderReactions } from './issue.ts';
import { associationOf } from './pull-request.ts';
import { renderUser } from './user.ts';

export function renderReview(site: Site, repository: FakeRepository, review: FakeReview) {
  const pullUrl = `${site.apiUrl}/repos/${repository.fullName}/pulls/${review.pull}`;
  const htmlUrl = `${site.serverUrl}/${repository.fullName}/pull/${review.pull}#pullrequestreview-${review.id}`;
  return {
    id: review.id,
    node_id: nodeId('PullRequestReview', review.id),
    user: renderUser(site, review.user),
    body: review.body,
    state: review.state,
    html_url: htmlUrl,
    pull_request_url: pullUrl,
    _links: { html: { href: htmlUrl }, pull_request: { href: pullUrl } },
    ...(review.submittedAt === undefined ? {} : { submitted_at: review.submittedAt }),
    commit_id: review.commitSha,
    author_association: associationOf(repository, review.user),
  };
}

export function renderReviewComment(site: Site, repository: FakeRepository, comment: FakeReviewComment) {
  const url = `${site.apiUrl}/repos/${repository.fullName}/pulls/comments/${comment.id}`;
  const pullUrl = `${site.apiUrl}/repos/${repository.fullName}/pulls/${comment.pull}`;
  const htmlUrl = `${site.serverUrl}/${repository.fullName}/pull/${comment.pull}#discussion_r${comment.id}`;
  const line = comment.line === undefined ? {} : { line: comment.line, original_line: comment.line };
  return {
    url,
    pull_request_review_id: comment.reviewId,
    id: comment.id,
    node_id: nodeId('PullRequestReviewComment', comment.id),
    diff_hunk: comment.diffHunk,
    path: comment.path,
    position: comment.position ?? 1,
    original_position: comment.position ?? 1,
    commit_id: comment.commitSha,
    original_commit_id: comment.commitSha,
    ...(comment.inReplyTo === undefined ? {} : { in_reply_to_id: comment.inReplyTo }),
    user: renderUser(site, comment.user),
    body: comment.body,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    html_url: htmlUrl,
    pull_request_url: pullUrl,
    author_association: associationOf(repository, comment.user),
    _links: { self: { href: url }, html: { href: htmlUrl }, pull_request: { href: pullUrl } },
    start_line: comment.startLine ?? null,
    original_start_line: comment.startLine ?? null,
    start_side: comment.startLine === undefined ? null : (comment.startSide ?? comment.side),
    ...line,
    side: comment.side,
    subject_type: comment.subject,
    reactions: renderReactions(url, comment.reactions),
  };
}
