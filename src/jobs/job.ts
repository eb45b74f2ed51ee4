import { z } from 'zod';

const repository = { installationId: z.int(), owner: z.string(), repo: z.string() };
const pull = { ...repository, number: z.int().min(1) };

/** Why a run was asked for. */
const trigger = z.enum(['push', 'deployment', 'command', 'rerun']);

/** Reads the diff of one head commit. */
export const reviewJobSchema = z.strictObject({
  kind: z.literal('review'),
  ...pull,
  headSha: z.string(),
  trigger,
});

/** Tries the preview of one head commit. */
export const verifyJobSchema = z.strictObject({
  kind: z.literal('verify'),
  ...pull,
  headSha: z.string(),
  trigger,
  /** The preview's address when the trigger named one; otherwise it is looked for. */
  url: z.string().optional(),
  /** When the deployment at `url` became ready, in ISO 8601; only for the trigger `deployment`. */
  deployedAt: z.string().optional(),
  /** Names of the configured flows to drive; left out: those that apply. */
  flows: z.array(z.string()).optional(),
  /** Someone with write access asked for it, which also lets a fork's preview have the test account. */
  isAuthorised: z.boolean(),
});

/** A comment that begins a line with one of our commands. */
export const commandJobSchema = z.strictObject({
  kind: z.literal('command'),
  ...pull,
  commentId: z.int(),
  author: z.string(),
  body: z.string(),
  /** The first comment of the review thread that it was said in; absent in the conversation. */
  thread: z.int().optional(),
});

/** A person replied in a review thread without a command; whether the thread is ours is looked up. */
export const replyJobSchema = z.strictObject({
  kind: z.literal('reply'),
  ...pull,
  commentId: z.int(),
  author: z.string(),
  body: z.string(),
  thread: z.int(),
});

/** A person resolved a review thread, or opened it again. */
export const threadJobSchema = z.strictObject({ kind: z.literal('thread'), ...pull, sender: z.string() });

/** A deployment became ready: find the pull requests whose head it is. */
export const deploymentJobSchema = z.strictObject({
  kind: z.literal('deployment'),
  ...repository,
  sha: z.string(),
  url: z.string(),
  /** GitHub's id of the deployment status: the same commit may be deployed to the same address again. */
  statusId: z.int().optional(),
  /** When that status was created, in ISO 8601. */
  deployedAt: z.string().optional(),
});

/** Something other than a deployment may name a preview of this commit, or of this pull request: look for it. */
export const previewSignJobSchema = z.strictObject({
  kind: z.literal('preview-sign'),
  ...repository,
  of: z.union([z.strictObject({ sha: z.string() }), z.strictObject({ number: z.int().min(1) })]),
  /** What it was, and which state of it: the same cause is the same look. */
  cause: z.string(),
});

/** GitHub's own "Re-run", or a button on a check run. */
export const checkActionJobSchema = z.strictObject({
  kind: z.literal('check-action'),
  ...repository,
  headSha: z.string(),
  /** Who pressed; their permission is looked up for buttons. GitHub lets only writers re-run. */
  sender: z.string(),
  /** `all` is the check suite. */
  check: z.enum(['review', 'preview', 'all']),
  action: z.enum(['rerun', 'cancel', 'approve']),
  /** Pull requests named in the payload; empty for a fork, and then looked up by head commit. */
  pulls: z.array(z.int()),
});

/** The pull request was closed: end what runs for it. */
export const closedJobSchema = z.strictObject({ kind: z.literal('closed'), ...pull });

/**
 * A run that died on its last attempt and could say nothing: show that it failed. The queue turns the dead job itself
 * into this one, so that it keeps its id and its turn.
 */
export const abandonedJobSchema = z.strictObject({
  kind: z.literal('abandoned'),
  ...pull,
  part: z.enum(['review', 'preview']),
  headSha: z.string(),
});

/** The head moved on to `headSha`: end what runs for other heads, if GitHub still has it as the head. */
export const supersededJobSchema = z.strictObject({
  kind: z.literal('superseded'),
  ...pull,
  headSha: z.string(),
  /** The head before, when the event named it. */
  before: z.string().optional(),
});

export const jobSchema = z.discriminatedUnion('kind', [
  reviewJobSchema,
  verifyJobSchema,
  commandJobSchema,
  replyJobSchema,
  threadJobSchema,
  deploymentJobSchema,
  previewSignJobSchema,
  checkActionJobSchema,
  closedJobSchema,
  supersededJobSchema,
  abandonedJobSchema,
]);

export type Job = z.infer<typeof jobSchema>;
export type ReviewJob = z.infer<typeof reviewJobSchema>;
export type VerifyJob = z.infer<typeof verifyJobSchema>;
export type CommandJob = z.infer<typeof commandJobSchema>;
export type ReplyJob = z.infer<typeof replyJobSchema>;
export type ThreadJob = z.infer<typeof threadJobSchema>;
export type DeploymentJob = z.infer<typeof deploymentJobSchema>;
export type PreviewSignJob = z.infer<typeof previewSignJobSchema>;
export type CheckActionJob = z.infer<typeof checkActionJobSchema>;
export type ClosedJob = z.infer<typeof closedJobSchema>;
export type AbandonedJob = z.infer<typeof abandonedJobSchema>;
export type SupersededJob = z.infer<typeof supersededJobSchema>;
/** Jobs that take minutes: one at a time per pull request. The others are quick and run beside them. */
export type RunJob = ReviewJob | VerifyJob;

/** Whether the job takes its turn among the runs of its pull request. */
export function isRunJob(job: Job): job is RunJob {
  return job.kind === 'review' || job.kind === 'verify';
}
