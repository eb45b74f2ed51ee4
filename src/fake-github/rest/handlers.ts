import type { Handler } from '../http/call.ts';
import { appHandlers } from './apps.ts';
import { checkHandlers } from './checks.ts';
import { commitHandlers } from './commits.ts';
import { contentsHandlers } from './contents.ts';
import { deliveryHandlers } from './deliveries.ts';
import { deploymentHandlers } from './deployments.ts';
import { gitDataHandlers } from './git-data.ts';
import { gitRefHandlers } from './git-refs.ts';
import { issueCommentHandlers } from './issue-comments.ts';
import { metaHandlers } from './meta.ts';
import { pullHandlers } from './pulls.ts';
import { repositoryHandlers } from './repositories.ts';
import { reviewCommentHandlers } from './review-comments.ts';
import { reviewHandlers } from './reviews.ts';

/** What the fake answers, by GitHub's operation id. */
export function createHandlers(tokenLifetimeMs: number): Readonly<Record<string, Handler>> {
  return {
    ...appHandlers(tokenLifetimeMs),
    ...checkHandlers,
    ...commitHandlers,
    ...contentsHandlers,
    ...deliveryHandlers,
    ...deploymentHandlers,
    ...gitDataHandlers,
    ...gitRefHandlers,
    ...issueCommentHandlers,
    ...metaHandlers,
    ...pullHandlers,
    ...repositoryHandlers,
    ...reviewCommentHandlers,
    ...reviewHandlers,
  };
}
