import type { z } from 'zod';
import { parseCommands } from '../domain/commands.ts';
import { whoseConsole } from '../domain/hosting/providers.ts';
import type { Job } from '../jobs/job.ts';
import { type Delivery, type Intake, NOTHING } from './delivery.ts';
import {
  actionSchema,
  type CheckRunEvent,
  type CheckSuiteEvent,
  checkRunEventSchema,
  checkSuiteEventSchema,
  type DeploymentStatusEvent,
  deploymentStatusEventSchema,
  type IssueCommentEvent,
  issueCommentEventSchema,
  type PullRequestEvent,
  pullRequestEventSchema,
  type ReviewCommentEvent,
  type ReviewThreadEvent,
  reviewCommentEventSchema,
  reviewThreadEventSchema,
  statusEventSchema,
} from './payloads.ts';
import { readFinishedCheck, readServiceComment, readStatus } from './read-preview-signs.ts';

/** GitHub's limit for a comment. */
const MAX_BODY_LENGTH = 65_536;
const MAX_URL_LENGTH = 2048;
const CHECKS = new Map([
  ['Firsthand: review', 'review'],
  ['Firsthand: preview', 'preview'],
] as const) satisfies ReadonlyMap<string, 'review' | 'preview'>;

/** Buttons of a check run, by their identifiers. */
const ACTIONS = ['rerun', 'cancel', 'approve'] as const;

/**
 * Says what jobs a delivery asks for: a pure function of the delivery and the id of our app.
 *
 * Events and actions that are not ours ask for nothing. Throws when a payload of ours lacks what we need, so that the
 * delivery shows as failed at GitHub.
 */
export function readDelivery(delivery: Delivery, appId: number): Intake {
  const { event, payload } = delivery;
  const action = actionSchema.safeParse(payload).data?.action ?? '';
  switch (`${event}.${action}`) {
    case 'pull_request.opened':
    case 'pull_request.reopened':
    case 'pull_request.synchronize':
    case 'pull_request.ready_for_review':
      return readPush(delivery, parse(pullRequestEventSchema, delivery));
    case 'pull_request.closed':
      return readClosed(delivery, parse(pullRequestEventSchema, delivery));
    case 'deployment_status.':
    case 'deployment_status.created':
      return readDeployment(delivery, parse(deploymentStatusEventSchema, delivery));
    case 'issue_comment.created':
      return readComment(delivery, parse(issueCommentEventSchema, delivery));
    case 'issue_comment.edited':
      return readServiceComment(parse(issueCommentEventSchema, delivery));
    case 'status.':
      return readStatus(parse(statusEventSchema, delivery));
    case 'check_run.completed':
      return readFinishedCheck(parse(checkRunEventSchema, delivery));
    case 'pull_request_review_comment.created':
      return readReviewComment(delivery, parse(reviewCommentEventSchema, delivery));
    case 'pull_request_review_thread.resolved':
    case 'pull_request_review_thread.unresolved':
      return readReviewThread(delivery, parse(reviewThreadEventSchema, delivery));
    case 'check_run.rerequested':
    case 'check_run.requested_action':
      return readCheckRun(delivery, parse(checkRunEventSchema, delivery), appId);
    case 'check_suite.rerequested':
      return readCheckSuite(delivery, parse(checkSuiteEventSchema, delivery), appId);
    default:
      return NOTHING;
  }
}

/** Drafts wait until they are ready, or until somebody comments a command. */
function readPush(delivery: Delivery, event: PullRequestEvent): Intake {
  const { number, head, draft = false, updated_at = '' } = event.pull_request;
  if (draft && event.action !== 'ready_for_review') return NOTHING;
  const { owner, repo, installationId } = readRepository(event);
  const run = { installationId, owner, repo, number, headSha: head.sha, trigger: 'push' } as const;
  // Two deliveries about one push are one job, but a push back to an earlier head is another push. Reopening the
  // same head counts anew.
  const push = `${owner}/${repo}#${number}@${head.sha}:${event.action}:${event.before ?? ''}:${updated_at}`;
  const cause = event.action === 'reopened' ? `${delivery.id}:${push}` : push;
  const jobs: readonly Job[] = [
    { ...run, kind: 'review' },
    { ...run, kind: 'verify', isAuthorised: false },
    ...(event.action === 'synchronize' ? [supersededBy(event)] : []),
  ];
  return { jobs: jobs.map((job) => ({ job, key: `${cause}:${job.kind}` })) };
}

function supersededBy(event: PullRequestEvent): Job {
  const { number, head } = event.pull_request;
  const before = event.before === undefined ? {} : { before: event.before };
  return { kind: 'superseded', ...readRepository(event), number, headSha: head.sha, ...before };
}

function readClosed(delivery: Delivery, event: PullRequestEvent): Intake {
  return one(delivery, { kind: 'closed', ...readRepository(event), number: event.pull_request.number });
}

function readDeployment(delivery: Delivery, event: DeploymentStatusEvent): Intake {
  const { id, created_at, state, environment_url, target_url } = event.deployment_status;
  if (state !== 'success') return NOTHING;
  const github = URL.parse(event.repository.html_url ?? '')?.origin;
  const url = [environment_url, target_url].find((candidate) => isSite(candidate, github));
  if (url === undefined || url === null) return NOTHING;
  return one(delivery, {
    kind: 'deployment',
    ...readRepository(event),
    sha: event.deployment.sha,
    url,
    ...(id === undefined ? {} : { statusId: id }),
    ...(created_at === undefined ? {} : { deployedAt: created_at }),
  });
}

function readComment(delivery: Delivery, event: IssueCommentEvent): Intake {
  const { issue, comment } = event;
  const body = (comment.body ?? '').slice(0, MAX_BODY_LENGTH);
  if (comment.user?.type === 'Bot') return readServiceComment(event);
  if (!issue.pull_request || !comment.user) return NOTHING;
  if (parseCommands(body).length === 0) return NOTHING;
  return one(delivery, {
    kind: 'command',
    ...readRepository(event),
    number: issue.number,
    commentId: comment.id,
    author: comment.user.login,
    body,
  });
}

/** Only replies: what begins a thread is not about a finding of ours. Whether the thread is ours is looked up. */
function readReviewComment(delivery: Delivery, event: ReviewCommentEvent): Intake {
  const { pull_request: pull, comment } = event;
  const body = (comment.body ?? '').slice(0, MAX_BODY_LENGTH);
  const thread = comment.in_reply_to_id ?? undefined;
  if (thread === undefined || !comment.user || comment.user.type === 'Bot') return NOTHING;
  const about = {
    ...readRepository(event),
    number: pull.number,
    commentId: comment.id,
    author: comment.user.login,
    body,
    thread,
  };
  return one(delivery, { kind: parseCommands(body).length > 0 ? 'command' : 'reply', ...about });
}

function readReviewThread(delivery: Delivery, event: ReviewThreadEvent): Intake {
  const { sender, pull_request: pull } = event;
  // We resolved it ourselves, and know.
  if (sender.type === 'Bot') return NOTHING;
  return one(delivery, {
    kind: 'thread',
    ...readRepository(event),
    number: pull.number,
    sender: sender.login,
  });
}

function readCheckRun(delivery: Delivery, event: CheckRunEvent, appId: number): Intake {
  const { check_run: run, requested_action: button } = event;
  const check = [...CHECKS].find(([name]) => name === run.name)?.[1];
  const pressed = event.action === 'rerequested' ? 'rerun' : button?.identifier;
  const action = ACTIONS.find((known) => known === pressed);
  if (run.app?.id !== appId || check === undefined || action === undefined) return NOTHING;
  return one(delivery, {
    kind: 'check-action',
    ...readRepository(event),
    headSha: run.head_sha,
    sender: event.sender.login,
    check,
    action,
    pulls: (run.pull_requests ?? []).map(({ number }) => number),
  });
}

function readCheckSuite(delivery: Delivery, event: CheckSuiteEvent, appId: number): Intake {
  const { check_suite: suite } = event;
  if (suite.app?.id !== appId) return NOTHING;
  return one(delivery, {
    kind: 'check-action',
    ...readRepository(event),
    headSha: suite.head_sha,
    sender: event.sender.login,
    check: 'all',
    action: 'rerun',
    pulls: (suite.pull_requests ?? []).map(({ number }) => number),
  });
}

/**
 * The same delivery again is the same job. What it is about is a part of the key, because servers that are not GitHub's
 * take the time as id, and then two deliveries may share one.
 */
function one(delivery: Delivery, job: Job): Intake {
  const about = 'body' in job ? { ...job, body: '' } : job;
  return { jobs: [{ job, key: `${delivery.id}:${JSON.stringify(about)}` }] };
}

function readRepository({ installation, repository }: Pick<PullRequestEvent, 'installation' | 'repository'>) {
  return { installationId: installation.id, owner: repository.owner.login, repo: repository.name };
}

/** Whether `url` can be a deployed site; many put the address of their log or their console there. */
function isSite(url: string | null | undefined, github: string | undefined): boolean {
  const parsed = typeof url === 'string' && url.length <= MAX_URL_LENGTH ? URL.parse(url) : null;
  if (parsed === null || !/^https?:$/u.test(parsed.protocol)) return false;
  return whoseConsole(parsed, github ?? 'https://github.com') === undefined;
}

function parse<Schema extends z.ZodType>(schema: Schema, { event, payload }: Delivery): z.infer<Schema> {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`the ${event} payload is not what GitHub documents: ${problems.join('; ').slice(0, 1000)}`);
}
