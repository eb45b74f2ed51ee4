import type { Octokit } from 'octokit';

type Rest = Octokit['rest'];
type RestOperation = { [Scope in keyof Rest]: `${Scope}.${keyof Rest[Scope] & string}` }[keyof Rest];

interface RequiredPermission {
  readonly permission:
    | 'checks'
    | 'contents'
    | 'deployments'
    | 'issues'
    | 'metadata'
    | 'pull_requests'
    | 'statuses';
  readonly level: 'read' | 'write';
}

/**
 * Every call that an installation of the app makes, with the permission that GitHub asks for it.
 *
 * `call` takes no other operation, and a test holds the union against `app.yml`. Source: "Permissions required for
 * GitHub Apps" in GitHub's REST documentation. Comments on a pull request go by either `issues` or `pull_requests`;
 * the reaction to a comment goes by `issues` alone, as does the `issue_comment` event.
 */
export const REQUIRED_PERMISSIONS = {
  'checks.create': { permission: 'checks', level: 'write' },
  'checks.listForRef': { permission: 'checks', level: 'read' },
  'checks.update': { permission: 'checks', level: 'write' },
  'git.createBlob': { permission: 'contents', level: 'write' },
  'git.createCommit': { permission: 'contents', level: 'write' },
  'git.createRef': { permission: 'contents', level: 'write' },
  'git.createTree': { permission: 'contents', level: 'write' },
  'git.getBlob': { permission: 'contents', level: 'read' },
  'git.getTree': { permission: 'contents', level: 'read' },
  'git.updateRef': { permission: 'contents', level: 'write' },
  'issues.createComment': { permission: 'pull_requests', level: 'write' },
  'issues.get': { permission: 'issues', level: 'read' },
  'issues.listComments': { permission: 'pull_requests', level: 'read' },
  'issues.updateComment': { permission: 'pull_requests', level: 'write' },
  'pulls.createReplyForReviewComment': { permission: 'pull_requests', level: 'write' },
  'pulls.createReview': { permission: 'pull_requests', level: 'write' },
  'pulls.get': { permission: 'pull_requests', level: 'read' },
  'pulls.list': { permission: 'pull_requests', level: 'read' },
  'pulls.listReviewComments': { permission: 'pull_requests', level: 'read' },
  'pulls.listReviews': { permission: 'pull_requests', level: 'read' },
  'pulls.updateReviewComment': { permission: 'pull_requests', level: 'write' },
  'reactions.createForIssueComment': { permission: 'issues', level: 'write' },
  'reactions.createForPullRequestReviewComment': { permission: 'pull_requests', level: 'write' },
  'reactions.listForPullRequestReviewComment': { permission: 'pull_requests', level: 'read' },
  'repos.compareCommitsWithBasehead': { permission: 'contents', level: 'read' },
  'repos.getCollaboratorPermissionLevel': { permission: 'metadata', level: 'read' },
  'repos.listCommitStatusesForRef': { permission: 'statuses', level: 'read' },
  'repos.listCommits': { permission: 'contents', level: 'read' },
  'repos.listDeploymentStatuses': { permission: 'deployments', level: 'read' },
  'repos.listDeployments': { permission: 'deployments', level: 'read' },
  'repos.listPullRequestsAssociatedWithCommit': { permission: 'pull_requests', level: 'read' },
} as const satisfies Partial<Record<RestOperation, RequiredPermission>>;

/** The same of what the app asks of GitHub's GraphQL interface, by the field that it is about. */
export const GRAPHQL_PERMISSIONS = {
  reviewThreads: { permission: 'pull_requests', level: 'read' },
  // Not `pull_requests: write`, whatever its name says: where it is missing, the app replies instead.
  resolveReviewThread: { permission: 'contents', level: 'write' },
} as const satisfies Record<string, RequiredPermission>;

export type GraphqlField = keyof typeof GRAPHQL_PERMISSIONS;
export type Operation = keyof typeof REQUIRED_PERMISSIONS;
