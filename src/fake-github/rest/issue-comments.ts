import { ApiError, notFound } from '../http/api-error.ts';
import {
  authorOf,
  bodyOf,
  type Call,
  created,
  findIn,
  type Handler,
  numberOf,
  ok,
  type Reply,
  type RepositoryCall,
} from '../http/call.ts';
import { page } from '../http/page.ts';
import { renderIssue, renderIssueComment, renderReaction } from '../render/issue.ts';
import { roleOf, type Site, timestamp } from '../site.ts';
import type {
  FakeIssue,
  FakeIssueComment,
  FakePull,
  FakeReaction,
  FakeRepository,
  FakeUser,
} from '../state.ts';
import { inRepository } from './in-repository.ts';

export const issueCommentHandlers: Readonly<Record<string, Handler>> = {
  'issues/get': inRepository((call) => ok(renderIssue(call.site, call.repository, findIssue(call)))),
  'issues/list-comments': inRepository((call) => {
    const { number } = findIssue(call);
    const since = call.query.get('since') ?? '';
    return listComments(call, (comment) => comment.number === number && comment.updatedAt >= since);
  }),
  'issues/list-comments-for-repo': inRepository((call) => listComments(call, () => true)),
  'issues/get-comment': inRepository((call) =>
    ok(renderIssueComment(call.site, call.repository, findComment(call))),
  ),
  'issues/create-comment': inRepository((call) => {
    const comment = addIssueComment(call.site, call.repository, {
      number: findIssue(call).number,
      user: authorOf(call),
      body: bodyOf<{ body: string }>(call).body,
    });
    emitComment(call, comment, { action: 'created' });
    return created(renderIssueComment(call.site, call.repository, comment));
  }),
  'issues/update-comment': inRepository((call) => {
    const comment = findComment(call);
    refuseForeign(call, comment.user);
    const from = comment.body;
    comment.body = bodyOf<{ body: string }>(call).body;
    comment.updatedAt = timestamp(call.site.now());
    emitComment(call, comment, { action: 'edited', changes: { body: { from } } });
    return ok(renderIssueComment(call.site, call.repository, comment));
  }),
  'issues/delete-comment': inRepository((call) => {
    const comment = findComment(call);
    refuseForeign(call, comment.user);
    call.repository.issueComments.delete(comment.id);
    return { status: 204 };
  }),
  'reactions/list-for-issue-comment': inRepository((call) => {
    const content = call.query.get('content');
    const reactions = findComment(call).reactions.filter((r) => content === null || r.content === content);
    return page(call, reactions, (shown) => shown.map((reaction) => renderReaction(call.site, reaction)));
  }),
  'reactions/create-for-issue-comment': inRepository(createReaction),
  'reactions/delete-for-issue-comment': inRepository((call) => {
    const { reactions } = findComment(call);
    const index = reactions.findIndex((reaction) => reaction.id === numberOf(call, 'reaction_id'));
    const reaction = reactions[index];
    if (reaction === undefined) throw notFound();
    if (reaction.user.id !== authorOf(call).id)
      throw new ApiError(403, 'Resource not accessible by integration');
    reactions.splice(index, 1);
    return { status: 204 };
  }),
};

/** The issue or pull request of the route: the two share their numbers. */
function findIssue(call: RepositoryCall): FakeIssue | FakePull {
  const number = numberOf(call, 'issue_number');
  const issue = call.repository.pulls.get(number) ?? call.repository.issues.get(number);
  if (issue === undefined) throw notFound();
  return issue;
}

function findComment(call: RepositoryCall): FakeIssueComment {
  return findIn(call.repository.issueComments, call, 'comment_id');
}

function listComments(call: RepositoryCall, isWanted: (comment: FakeIssueComment) => boolean): Reply {
  const comments = [...call.repository.issueComments.values()].filter(isWanted);
  return page(call, comments, (shown) =>
    shown.map((comment) => renderIssueComment(call.site, call.repository, comment)),
  );
}

/** Only the author, or a person who may write to the repository, changes a comment. */
export function refuseForeign(call: RepositoryCall, author: FakeUser): void {
  const { caller, repository } = call;
  if (authorOf(call).id === author.id) return;
  if (
    caller.kind === 'user' &&
    ['write', 'maintain', 'admin'].includes(roleOf(repository, caller.user.login))
  )
    return;
  throw new ApiError(403, 'Resource not accessible by integration');
}

export function addIssueComment(
  site: Site,
  repository: FakeRepository,
  comment: { readonly number: number; readonly user: FakeUser; readonly body: string },
): FakeIssueComment {
  const now = timestamp(site.now());
  const added: FakeIssueComment = {
    ...comment,
    id: site.nextId(),
    createdAt: now,
    updatedAt: now,
    isByApp: comment.user.id === site.state.app.bot.id,
    reactions: [],
    isMinimized: false,
  };
  repository.issueComments.set(added.id, added);
  return added;
}

/** The payload of an `issue_comment` webhook. */
export function commentPayload(site: Site, repository: FakeRepository, comment: FakeIssueComment) {
  const issue = repository.pulls.get(comment.number) ?? repository.issues.get(comment.number);
  if (issue === undefined)
    throw new Error(`${repository.fullName} has no issue or pull request #${comment.number}`);
  return {
    issue: renderIssue(site, repository, issue),
    comment: renderIssueComment(site, repository, comment),
  };
}

function emitComment(
  { site, repository, ...call }: RepositoryCall,
  comment: FakeIssueComment,
  about: { readonly action: string; readonly changes?: unknown },
): void {
  const { action, ...changes } = about;
  site.emitLater({
    event: 'issue_comment',
    action,
    repository,
    sender: authorOf({ site, ...call } satisfies Call),
    payload: { ...changes, ...commentPayload(site, repository, comment) },
  });
}

function createReaction(call: RepositoryCall): Reply {
  const { content } = bodyOf<Pick<FakeReaction, 'content'>>(call);
  const { reactions } = findComment(call);
  const { reaction, isNew } = addReaction(call.site, reactions, { user: authorOf(call), content });
  return isNew ? created(renderReaction(call.site, reaction)) : ok(renderReaction(call.site, reaction));
}

/** The same reaction of the same user again is no error: 200 with the first. */
export function addReaction(
  site: Site,
  reactions: FakeReaction[],
  { user, content }: Pick<FakeReaction, 'user' | 'content'>,
): { readonly reaction: FakeReaction; readonly isNew: boolean } {
  const existing = reactions.find((reaction) => reaction.user.id === user.id && reaction.content === content);
  if (existing !== undefined) return { reaction: existing, isNew: false };
  const reaction: FakeReaction = { id: site.nextId(), user, content, createdAt: timestamp(site.now()) };
  reactions.push(reaction);
  return { reaction, isNew: true };
}
