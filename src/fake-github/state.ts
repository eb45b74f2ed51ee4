/** What an installation may do: `read` or `write` by GitHub's name of the permission (`pull_requests`). */
export type Permissions = Readonly<Record<string, 'read' | 'write'>>;
export type RepositoryRole = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none';
type ReactionContent = '+1' | '-1' | 'laugh' | 'confused' | 'heart' | 'hooray' | 'rocket' | 'eyes';
export type Side = 'LEFT' | 'RIGHT';

export interface FakeUser {
  readonly id: number;
  readonly login: string;
  readonly type: 'User' | 'Bot' | 'Organization';
}

export interface FakeApp {
  readonly id: number;
  readonly clientId: string;
  readonly slug: string;
  readonly name: string;
  readonly owner: FakeUser;
  /** The account under which the app writes: `slug[bot]`. */
  readonly bot: FakeUser;
  /** PEM, as GitHub hands it out. */
  readonly privateKey: string;
  readonly publicKey: string;
  readonly webhookSecret: string;
  /** Where webhooks go; `undefined`: they are recorded only. */
  webhookUrl: string | undefined;
  permissions: Permissions;
  events: readonly string[];
  readonly createdAt: string;
}

export interface FakeInstallation {
  readonly id: number;
  readonly account: FakeUser;
  /** Full names, or every repository of the account. */
  repositories: readonly string[] | 'all';
  permissions: Permissions;
  readonly createdAt: string;
}

export interface FakeReaction {
  readonly id: number;
  readonly user: FakeUser;
  readonly content: ReactionContent;
  readonly createdAt: string;
}

export interface FakeIssueComment {
  readonly id: number;
  /** Of the issue or pull request. */
  readonly number: number;
  readonly user: FakeUser;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
  readonly isByApp: boolean;
  readonly reactions: FakeReaction[];
  isMinimized: boolean;
}

export interface FakePull {
  readonly id: number;
  readonly number: number;
  readonly user: FakeUser;
  title: string;
  body: string;
  isDraft: boolean;
  state: 'open' | 'closed';
  readonly headRepository: string;
  readonly headRef: string;
  headSha: string;
  readonly baseRef: string;
  readonly createdAt: string;
  updatedAt: string;
  closedAt: string | undefined;
  mergedAt: string | undefined;
  mergeCommitSha: string | undefined;
}

export interface FakeReview {
  readonly id: number;
  readonly pull: number;
  readonly user: FakeUser;
  body: string;
  state: 'PENDING' | 'COMMENTED' | 'APPROVED' | 'CHANGES_REQUESTED' | 'DISMISSED';
  readonly commitSha: string;
  submittedAt: string | undefined;
}

export interface FakeReviewComment {
  readonly id: number;
  readonly reviewId: number;
  readonly pull: number;
  readonly user: FakeUser;
  readonly path: string;
  readonly commitSha: string;
  readonly diffHunk: string;
  readonly subject: 'line' | 'file';
  readonly side: Side;
  readonly line: number | undefined;
  readonly startLine: number | undefined;
  readonly startSide: Side | undefined;
  /** Offset from the file's first `@@` line. */
  readonly position: number | undefined;
  readonly inReplyTo: number | undefined;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
  readonly reactions: FakeReaction[];
  /** Of the first comment of a thread. */
  isResolved: boolean;
  resolvedBy: FakeUser | undefined;
}

export interface FakeAnnotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly start_column?: number;
  readonly end_column?: number;
  readonly annotation_level: string;
  readonly message: string;
  readonly title?: string;
  readonly raw_details?: string;
}

export interface FakeCheckRun {
  readonly id: number;
  readonly suiteId: number;
  name: string;
  readonly headSha: string;
  externalId: string;
  detailsUrl: string | undefined;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: string | undefined;
  startedAt: string;
  completedAt: string | undefined;
  title: string | undefined;
  summary: string | undefined;
  text: string | undefined;
  readonly annotations: FakeAnnotation[];
  actions: readonly { readonly label: string; readonly description: string; readonly identifier: string }[];
}

export interface FakeCheckSuite {
  readonly id: number;
  readonly headSha: string;
  readonly headBranch: string | undefined;
  readonly createdAt: string;
  updatedAt: string;
}

export interface FakeDeploymentStatus {
  readonly id: number;
  readonly state: 'error' | 'failure' | 'inactive' | 'pending' | 'success' | 'queued' | 'in_progress';
  readonly environmentUrl: string;
  readonly description: string;
  readonly creator: FakeUser;
  readonly createdAt: string;
}

export interface FakeDeployment {
  readonly id: number;
  readonly sha: string;
  readonly ref: string;
  readonly environment: string;
  readonly creator: FakeUser;
  readonly createdAt: string;
  /** Oldest first. */
  readonly statuses: FakeDeploymentStatus[];
}

export interface FakeCommitStatus {
  readonly id: number;
  readonly sha: string;
  readonly state: 'error' | 'failure' | 'pending' | 'success';
  readonly context: string;
  readonly description: string | undefined;
  readonly targetUrl: string | undefined;
  readonly creator: FakeUser;
  readonly createdAt: string;
}

export interface FakeIssue {
  readonly id: number;
  readonly number: number;
  readonly user: FakeUser;
  title: string;
  body: string;
  readonly createdAt: string;
}

export interface FakeRepository {
  readonly id: number;
  readonly owner: FakeUser;
  readonly name: string;
  readonly fullName: string;
  /** Absolute path of the git directory. */
  readonly gitDir: string;
  readonly isPrivate: boolean;
  readonly defaultBranch: string;
  /** Full name of the repository that this one is a fork of. */
  readonly forkOf: string | undefined;
  readonly createdAt: string;
  readonly roles: Map<string, RepositoryRole>;
  /** By number, as are issues; the two share their numbers. */
  readonly pulls: Map<number, FakePull>;
  readonly issues: Map<number, FakeIssue>;
  readonly issueComments: Map<number, FakeIssueComment>;
  readonly reviews: Map<number, FakeReview>;
  readonly reviewComments: Map<number, FakeReviewComment>;
  readonly checkSuites: Map<number, FakeCheckSuite>;
  readonly checkRuns: Map<number, FakeCheckRun>;
  readonly deployments: Map<number, FakeDeployment>;
  readonly statuses: FakeCommitStatus[];
}

/** One sending of a webhook. */
export interface FakeDelivery {
  readonly id: number;
  /** The same on a redelivery. */
  readonly guid: string;
  readonly event: string;
  readonly action: string | undefined;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly installationId: number | undefined;
  readonly repositoryId: number | undefined;
  readonly deliveredAt: string;
  readonly isRedelivery: boolean;
  /** What the receiver answered; 0 when it could not be reached or took longer than GitHub's 10 seconds. */
  readonly status: number;
  readonly response: string;
  readonly durationMs: number;
}

export interface FakeToken {
  readonly token: string;
  readonly installationId: number;
  readonly permissions: Permissions;
  /** Full names, or all that the installation has. */
  readonly repositories: readonly string[] | 'all';
  readonly expiresAt: Date;
}

/** Everything the fake knows that is not in git. Tests read it, and may change it between requests. */
export interface FakeState {
  readonly app: FakeApp;
  readonly installations: Map<number, FakeInstallation>;
  /** By full name. */
  readonly repositories: Map<string, FakeRepository>;
  /** By login. */
  readonly users: Map<string, FakeUser>;
  readonly tokens: Map<string, FakeToken>;
  /** Personal tokens, to act as a person over the API: login by token. */
  readonly userTokens: Map<string, string>;
  /** Oldest first. */
  readonly deliveries: FakeDelivery[];
  /** Codes of the app manifest flow: the manifest by code; each is used once. */
  readonly manifestCodes: Map<string, Readonly<Record<string, unknown>>>;
}
