import type { Logger } from '../domain/logger.ts';
import type { PullRequestRef, RepositoryRef } from '../domain/pull-request.ts';
import type { Installation } from '../jobs/ports.ts';
import { invariant } from '../lib/invariant.ts';
import { type AppIdentity, isWrittenByApp } from './app-identity.ts';
import { type GitHubClient, listPages } from './github-client.ts';

type Comments = Pick<Installation, 'listOwnComments' | 'createComment' | 'updateComment' | 'react'>;

/** Issue comments, which are what the conversation of a pull request is made of. */
export function createComments(
  client: GitHubClient,
  identify: () => Promise<AppIdentity>,
  logger: Logger,
): Comments {
  return {
    async listOwnComments(pull, signal) {
      const app = await identify();
      const comments = await listPages((page) =>
        client.tryCall('issues.listComments', { ...toIssue(pull), ...page }, [], signal),
      );
      invariant(comments !== undefined, 'no refusal is expected of the list of comments');
      return comments
        .filter((comment) => isWrittenByApp(comment, app))
        .map(({ id, body = '' }) => ({ id, body }))
        .sort((a, b) => a.id - b.id);
    },

    async createComment(pull, body, signal) {
      const { id } = await client.call('issues.createComment', { ...toIssue(pull), body }, signal);
      return { id, body };
    },

    async updateComment({ owner, repo }, id, body, signal) {
      const input = { owner, repo, comment_id: id, body };
      const reply = await client.tryCall('issues.updateComment', input, [404, 410], signal);
      return { kind: reply.kind === 'ok' ? 'updated' : 'gone' };
    },

    async react({ owner, repo }: RepositoryRef, commentId, reaction, signal) {
      const input = { owner, repo, comment_id: commentId, content: reaction };
      try {
        await client.call('reactions.createForIssueComment', input, signal);
      } catch (error) {
        // The reaction only acknowledges: the command is carried out all the same.
        signal.throwIfAborted();
        logger.warn('could not react to a comment', { repository: `${owner}/${repo}`, commentId, error });
      }
    },
  };
}

function toIssue({ owner, repo, number }: PullRequestRef) {
  return { owner, repo, issue_number: number };
}
