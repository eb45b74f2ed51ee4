import { z } from 'zod';

/** GitHub's payloads, as far as we use them. Everything in them was written by others. */

/** A commit's full name in SHA-1 or SHA-256. */
const sha = z.string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/);
const name = z.string().regex(/^[A-Za-z0-9._-]{1,100}$/);
const account = z.object({ login: z.string().min(1).max(100), type: z.string().optional() });

const common = {
  installation: z.object({ id: z.int() }),
  repository: z.object({ name, owner: z.object({ login: name }), html_url: z.string().optional() }),
};

export const actionSchema = z.object({ action: z.string().optional() });

export const pullRequestEventSchema = z.object({
  ...common,
  action: z.string(),
  before: z.string().optional(),
  pull_request: z.object({
    number: z.int().min(1),
    draft: z.boolean().optional(),
    updated_at: z.string().optional(),
    head: z.object({ sha }),
  }),
});

export const deploymentStatusEventSchema = z.object({
  ...common,
  deployment: z.object({ sha }),
  deployment_status: z.object({
    id: z.int().optional(),
    created_at: z.string().optional(),
    state: z.string(),
    environment_url: z.string().nullish(),
    target_url: z.string().nullish(),
  }),
});

export const issueCommentEventSchema = z.object({
  ...common,
  issue: z.object({ number: z.int().min(1), pull_request: z.unknown().optional() }),
  comment: z.object({
    id: z.int(),
    body: z.string().nullish(),
    user: account.nullish(),
    updated_at: z.string().nullish(),
  }),
});

const threadPull = z.object({ number: z.int().min(1) });

export const reviewCommentEventSchema = z.object({
  ...common,
  pull_request: threadPull,
  comment: z.object({
    id: z.int(),
    body: z.string().nullish(),
    user: account.nullish(),
    in_reply_to_id: z.int().nullish(),
  }),
});

export const reviewThreadEventSchema = z.object({ ...common, sender: account, pull_request: threadPull });

const app = z.object({ id: z.int(), slug: z.string().nullish() }).nullish();
const pullRequests = z.array(z.object({ number: z.int().min(1) })).nullish();

export const checkRunEventSchema = z.object({
  ...common,
  action: z.string(),
  sender: account,
  check_run: z.object({
    id: z.int().optional(),
    name: z.string(),
    head_sha: sha,
    conclusion: z.string().nullish(),
    app,
    pull_requests: pullRequests,
  }),
  requested_action: z.object({ identifier: z.string().optional() }).nullish(),
});

export const statusEventSchema = z.object({
  ...common,
  id: z.int(),
  sha,
  state: z.string(),
  target_url: z.string().nullish(),
});

export const checkSuiteEventSchema = z.object({
  ...common,
  sender: account,
  check_suite: z.object({ head_sha: sha, app, pull_requests: pullRequests }),
});

export type PullRequestEvent = z.infer<typeof pullRequestEventSchema>;
export type DeploymentStatusEvent = z.infer<typeof deploymentStatusEventSchema>;
export type IssueCommentEvent = z.infer<typeof issueCommentEventSchema>;
export type ReviewCommentEvent = z.infer<typeof reviewCommentEventSchema>;
export type ReviewThreadEvent = z.infer<typeof reviewThreadEventSchema>;
export type CheckRunEvent = z.infer<typeof checkRunEventSchema>;
export type StatusEvent = z.infer<typeof statusEventSchema>;
export type CheckSuiteEvent = z.infer<typeof checkSuiteEventSchema>;
