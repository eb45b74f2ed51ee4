import { describe, expect, it } from 'vitest';
import { openFeature, type Sample, startSample } from './sample.ts';

async function withThread(): Promise<{
  readonly sample: Sample;
  readonly id: number;
  readonly number: number;
}> {
  const sample = await startSample({
    app: { events: ['pull_request_review_comment', 'pull_request_review_thread'] },
  });
  const number = await openFeature(sample);
  await sample.octokit.rest.pulls.createReview({
    ...sample.at,
    pull_number: number,
    event: 'COMMENT',
    comments: [{ path: 'new.txt', line: 1, body: 'one' }],
  });
  const [comment] = sample.github.state.repositories.get('acme/shop')?.reviewComments.values() ?? [];
  return { sample, number, id: comment?.id ?? 0 };
}

const repository = 'acme/shop';

function received({ webhooks }: Sample): readonly { readonly action: string }[] {
  const about = webhooks.filter(({ headers }) =>
    String(headers['x-github-event']).startsWith('pull_request_review_'),
  );
  return about.map(({ body }) => JSON.parse(body) as { action: string });
}

describe('the thread of a review comment', () => {
  it('takes replies of people and of the app, and tells of both', async () => {
    const { sample, number, id } = await withThread();
    await using _ = sample;
    await sample.github.people.reply({ repository, id, by: 'ada', body: 'Why?' });
    await sample.octokit.rest.pulls.createReplyForReviewComment({
      ...sample.at,
      pull_number: number,
      comment_id: id,
      body: 'Because.',
    });
    await sample.github.idle();
    expect(received(sample)).toMatchObject([
      {
        action: 'created',
        comment: { body: 'Why?', in_reply_to_id: id },
        sender: { login: 'ada', type: 'User' },
      },
      { action: 'created', comment: { body: 'Because.' }, sender: { login: 'firsthand[bot]', type: 'Bot' } },
    ]);
  });

  it('says who resolved it, and tells the app', async () => {
    const { sample, number, id } = await withThread();
    await using _ = sample;
    const resolvedBy = async (): Promise<unknown> =>
      await sample.octokit.graphql(
        'query($number: Int!) { repository(owner: "acme", name: "shop") { pullRequest(number: $number) { reviewThreads(first: 9) { nodes { isResolved resolvedBy { login } } } } } }',
        { number },
      );
    await sample.github.people.resolveThread({ repository, id, by: 'ada' });
    expect(JSON.stringify(await resolvedBy())).toContain('{"isResolved":true,"resolvedBy":{"login":"ada"}}');
    await sample.github.people.resolveThread({ repository, id, by: 'bob', isResolved: false });
    expect(JSON.stringify(await resolvedBy())).toContain('{"isResolved":false,"resolvedBy":null}');
    expect(received(sample).map(({ action }) => action)).toEqual(['resolved', 'unresolved']);
  });

  it('takes reactions, and names who gave one', async () => {
    const { sample, number, id } = await withThread();
    await using _ = sample;
    sample.github.people.react({ repository, id, by: 'ada', content: '-1' });
    const about = { ...sample.at, comment_id: id };
    await sample.octokit.rest.reactions.createForPullRequestReviewComment({ ...about, content: 'eyes' });
    const { data } = await sample.octokit.rest.reactions.listForPullRequestReviewComment({
      ...about,
      content: '-1',
    });
    expect(data.map(({ user }) => user?.login)).toEqual(['ada']);
    const listed = await sample.octokit.rest.pulls.listReviewComments({ ...sample.at, pull_number: number });
    expect(listed.data[0]?.reactions).toMatchObject({ '-1': 1, eyes: 1, total_count: 2 });
  });
});
