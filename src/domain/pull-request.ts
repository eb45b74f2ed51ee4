/** A repository on GitHub. */
export interface RepositoryRef {
  readonly owner: string;
  readonly repo: string;
}

/** A pull request, by name only. */
export interface PullRequestRef extends RepositoryRef {
  readonly number: number;
}

/** A pull request as GitHub describes it at one moment. */
export interface PullRequest extends PullRequestRef {
  readonly title: string;
  /** What its author wrote below the title, Markdown; absent when nothing. */
  readonly description?: string;
  readonly author: string;
  readonly state: 'open' | 'closed';
  /** Closed, and what it brings is in the base branch. */
  readonly isMerged: boolean;
  readonly isDraft: boolean;
  /** The head branch lives in another repository than the base branch. */
  readonly isFromFork: boolean;
  readonly baseRef: string;
  readonly baseSha: string;
  readonly headRef: string;
  readonly headSha: string;
}

/** `owner/repo#number`, the form in which people and queue keys name a pull request. */
export function pullRequestKey(pull: PullRequestRef): string {
  return `${pull.owner}/${pull.repo}#${pull.number}`;
}
