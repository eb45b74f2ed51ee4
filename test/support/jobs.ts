import type { CommandJob, ReviewJob } from '../../src/jobs/job.ts';

/** A review job of pull request 1 of `Acme/Shop`, changed as said. */
export function reviewJob(changes: Partial<ReviewJob> = {}): ReviewJob {
  return {
    kind: 'review',
    installationId: 7,
    owner: 'Acme',
    repo: 'Shop',
    number: 1,
    headSha: 'a'.repeat(40),
    trigger: 'push',
    ...changes,
  };
}

/** A comment of somebody on pull request 1 of `Acme/Shop`, changed as said. */
export function commandJob(changes: Partial<CommandJob> = {}): CommandJob {
  return {
    kind: 'command',
    installationId: 7,
    owner: 'Acme',
    repo: 'Shop',
    number: 1,
    commentId: 5,
    author: 'someone',
    body: '/review',
    ...changes,
  };
}
