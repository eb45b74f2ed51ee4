import { nodeId, type Site } from '../site.ts';
import type { FakeIssue, FakeIssueComment, FakePull, FakeReaction, FakeRepository } from '../state.ts';
import { renderApp } from './app.ts';
import { associationOf } from './pull-request.ts';
import { renderUser } from './user.ts';

export function renderReaction(site: Site, reaction: FakeReaction) {
  return {
    id: reaction.id,
    node_id: nodeId('Reaction', reaction.id),
    user: renderUser(site, reaction.user),
    content: reaction.content,
    created_at: reaction.createdAt,
  };
}

/** How often each reaction was given. */
export function renderReactions(url: string, reactions: readonly FakeReaction[]) {
  const count = (content: string) => reactions.filter((reaction) => reaction.content === content).length;
  return {
    url: `${url}/reactions`,
    total_count: reactions.length,
    '+1': count('+1'),
    '-1': count('-1'),
    laugh: count('laugh'),
    hooray: count('hooray'),
    confused: count('confused'),
    heart: count('heart'),
    rocket: count('rocket'),
    eyes: count('eyes'),
  };
}

export function renderIssueComment(site: Site, repository: FakeRepository, comment: FakeIssueComment) {
  const url = `${site.apiUrl}/repos/${repository.fullName}/issues/comments/${comment.id}`;
  const kind = repository.pulls.has(comment.number) ? 'pull' : 'issues';
  return {
    id: comment.id,
    node_id: nodeId('IssueComment', comment.id),
    url,
    html_url: `${site.serverUrl}/${repository.fullName}/${kind}/${comment.number}#issuecomment-${comment.id}`,
    issue_url: `${site.apiUrl}/repos/${repository.fullName}/issues/${comment.number}`,
    body: comment.body,
    user: renderUser(site, comment.user),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: associationOf(repository, comment.user),
    performed_via_github_app: comment.isByApp ? renderApp(site) : null,
    reactions: renderReactions(url, comment.reactions),
  };
}

/** An issue, or a pull request in its role as one. */
export function renderIssue(site: Site, repository: FakeRepository, issue: FakeIssue | FakePull) {
  const isPull = 'headSha' in issue;
  const url = `${site.apiUrl}/repos/${repository.fullName}/issues/${issue.number}`;
  const htmlUrl = `${site.serverUrl}/${repository.fullName}/${isPull ? 'pull' : 'issues'}/${issue.number}`;
  const pullUrl = `${site.apiUrl}/repos/${repository.fullName}/pulls/${issue.number}`;
  return {
    id: issue.id,
    node_id: nodeId(isPull ? 'PullRequest' : 'Issue', issue.id),
    url,
    repository_url: `${site.apiUrl}/repos/${repository.fullName}`,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: htmlUrl,
    number: issue.number,
    title: issue.title,
    user: renderUser(site, issue.user),
    labels: [],
    state: isPull ? issue.state : 'open',
    locked: false,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: [...repository.issueComments.values()].filter((comment) => comment.number === issue.number)
      .length,
    created_at: issue.createdAt,
    updated_at: isPull ? issue.updatedAt : issue.createdAt,
    closed_at: isPull ? (issue.closedAt ?? null) : null,
    author_association: associationOf(repository, issue.user),
    active_lock_reason: null,
    body: issue.body === '' ? null : issue.body,
    reactions: renderReactions(url, []),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: null,
    ...(isPull
      ? {
          draft: issue.isDraft,
          pull_request: {
            url: pullUrl,
            html_url: htmlUrl,
            diff_url: `${htmlUrl}.diff`,
            patch_url: `${htmlUrl}.patch`,
            merged_at: issue.mergedAt ?? null,
          },
        }
      : {}),
  };
}
