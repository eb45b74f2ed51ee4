import { describe, expect, it } from 'vitest';
import { openFeature, startSample } from './sample.ts';

const THREADS = `query($owner: String!, $repo: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      reviewThreads(first: 1, after: $after) {
        nodes { id isResolved isOutdated path comments(first: 5) { nodes { databaseId body author { login } } } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;
const RESOLVE =
  'mutation($id: ID!) { resolveReviewThread(input: { threadId: $id }) { thread { isResolved } } }';

interface Threads {
  readonly repository: {
    readonly pullRequest: {
      readonly reviewThreads: {
        readonly nodes: readonly {
          readonly id: string;
          readonly isResolved: boolean;
          readonly isOutdated: boolean;
        }[];
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
      };
    };
  };
}

async function withTwoThreads() {
  const sample = await startSample();
  const number = await openFeature(sample);
  await sample.octokit.rest.pulls.createReview({
    ...sample.at,
    pull_number: number,
    event: 'COMMENT',
    comments: [
      { path: 'new.txt', line: 1, body: 'one' },
      { path: 'src/numbers.txt', line: 10, body: 'two' },
    ],
  });
  return { sample, variables: { ...sample.at, number } };
}

describe('GraphQL', () => {
  it('lists review threads page by page and resolves one', async () => {
    const { sample, variables } = await withTwoThreads();
    await using _ = sample;
    const first = (await sample.octokit.graphql<Threads>(THREADS, variables)).repository.pullRequest
      .reviewThreads;
    expect(first).toMatchObject({
      nodes: [
        {
          isResolved: false,
          isOutdated: false,
          path: 'new.txt',
          comments: { nodes: [{ body: 'one', author: { login: 'firsthand' } }] },
        },
      ],
      pageInfo: { hasNextPage: true },
    });
    const after = { ...variables, after: first.pageInfo.endCursor };
    const second = await sample.octokit.graphql<Threads>(THREADS, after);
    expect(second.repository.pullRequest.reviewThreads).toMatchObject({
      nodes: [{ path: 'src/numbers.txt' }],
      pageInfo: { hasNextPage: false },
    });
    await sample.octokit.graphql(RESOLVE, { id: first.nodes[0]?.id });
    const again = await sample.octokit.graphql<Threads>(THREADS, variables);
    expect(again.repository.pullRequest.reviewThreads.nodes[0]?.isResolved).toBe(true);
    expect(sample.github.judge.operations.get('graphql/resolveReviewThread')).toBe(1);
    expect(sample.github.judge.violations).toEqual([]);
  });

  it('lets only those resolve who may write contents, and minimises comments', async () => {
    const { sample, variables } = await withTwoThreads();
    await using _ = sample;
    const { data } = await sample.appOctokit.rest.apps.createInstallationAccessToken({
      installation_id: sample.installationId,
      permissions: { pull_requests: 'write' },
    });
    const octokit = sample.octokitOf(data.token);
    const threads = (await octokit.graphql<Threads>(THREADS, variables)).repository.pullRequest.reviewThreads;
    await expect(octokit.graphql(RESOLVE, { id: threads.nodes[0]?.id })).rejects.toThrow(
      /not accessible by integration/,
    );
    const comment = await octokit.rest.issues.createComment({
      ...sample.at,
      issue_number: variables.number,
      body: 'old',
    });
    await octokit.graphql(
      'mutation($id: ID!) { minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) { minimizedComment { isMinimized } } }',
      { id: comment.data.node_id },
    );
    expect(
      sample.github.state.repositories.get('acme/shop')?.issueComments.get(comment.data.id)?.isMinimized,
    ).toBe(true);
  });

  it('answers a document that the schema does not know with errors', async () => {
    await using sample = await startSample();
    await expect(sample.octokit.graphql('{ viewer { nothing } }')).rejects.toThrow(/Cannot query field/);
    expect(sample.github.judge.violations).toHaveLength(1);
  });
});
