/** One deployment as GitHub has it, whatever became of it. */
export interface DeploymentSign {
  readonly sha: string;
  readonly environment: string;
  /** Of its newest status; `pending` when it has none. */
  readonly state: string;
  /** Addresses that the newest status names, the better one first; unchecked. */
  readonly urls: readonly string[];
  /** Login of who made the status, or the deployment. */
  readonly creator: string;
  /** When the deployment was made, in ISO 8601. */
  readonly createdAt: string;
}

/** The newest commit status of one context. */
export interface StatusSign {
  readonly context: string;
  readonly state: string;
  readonly url?: string;
  /** Login of who made it; absent where GitHub does not say. */
  readonly creator?: string;
  readonly createdAt: string;
}

/** The newest check run of one name. */
export interface CheckSign {
  readonly name: string;
  readonly status: string;
  readonly conclusion?: string;
  readonly url?: string;
  /** Login under which the app that made it would comment: its slug and `[bot]`. */
  readonly creator: string;
  /** Title, summary and text of its output, at most some thousand characters. */
  readonly output: string;
  readonly createdAt: string;
}

/** One comment of the conversation. */
export interface CommentSign {
  readonly author: string;
  readonly isBot: boolean;
  readonly body: string;
  /** When it was last edited. */
  readonly updatedAt: string;
}

/**
 * What stands at GitHub about a head commit and its pull request and may name a preview. Newest first in each list.
 *
 * All of it was written by others. Deployments and statuses need write access to the repository (a workflow of a fork has
 * it for its own deployment), check runs an app, a comment nothing.
 */
export interface PreviewSigns {
  readonly deployments: readonly DeploymentSign[];
  readonly statuses: readonly StatusSign[];
  readonly checks: readonly CheckSign[];
  readonly comments: readonly CommentSign[];
  /** When the head commit was made, by its own word, in ISO 8601; absent when unknown. */
  readonly committedAt?: string;
  /** What GitHub refused to tell, and why. */
  readonly unread: readonly { readonly what: string; readonly why: string }[];
}
