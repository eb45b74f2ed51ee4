import type { Installation } from '../jobs/ports.ts';
import { invariant } from '../lib/invariant.ts';
import type { InlineComment } from '../report/ports.ts';
import { type AppIdentity, isWrittenByApp } from './app-identity.ts';
import { type GitHubClient, listPages } from './github-client.ts';

type Reviews = Pick<Installation, 'listOwnReviews' | 'createReview'>;

export function createReviews(client: GitHubClient, identify: () => Promise<AppIdentity>): Reviews {
  return {
    async listOwnReviews({ owner, repo, number }, signal) {
      const app = await identify();
      const reviews = await listPages((page) =>
        client.tryCall('pulls.listReviews', { owner, repo, pull_number: number, ...page }, [], signal),
      );
      invariant(reviews !== undefined, 'no refusal is expected of the list of reviews');
      return reviews
        .filter((review) => isWrittenByApp(review, app))
        .map(({ id, body, commit_id }) => ({ id, body, commitSha: commit_id ?? '' }))
        .sort((a, b) => a.id - b.id);
    },

    async createReview({ owner, repo, number }, { commitSha, body, comments }, signal) {
      const reply = await client.tryCall(
        'pulls.createReview',
        {
          owner,
          repo,
          pull_number: number,
          commit_id: commitSha,
          // Without an event, the review would stay a draft that only the app can see.
          event: 'COMMENT',
          body,
          comments: comments.map(toReviewComment),
        },
        [422],
        signal,
      );
      return reply.kind === 'ok'
        ? { kind: 'created', id: reply.data.id }
        : { kind: 'refused', reason: reply.reason };
    },
  };
}

/** `start_line` must lie before `line`, so a comment on one line has none. */
function toReviewComment({ location, body }: InlineComment) {
  const { path, side, startLine, endLine } = location;
  const start = startLine < endLine ? { start_line: startLine, start_side: side } : {};
  return { path, body, line: endLine, side, ...start };
}
