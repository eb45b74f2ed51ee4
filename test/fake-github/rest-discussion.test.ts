import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { git, openFeature, type Sample, startSample } from './sample.ts';

let sample: Sample;
let number: number;
let headSha: string;

beforeAll(async () => {
  sample = await startSample();
  number = await openFeature(sample);
  headSha = git(sample.folder, 'rev-parse', 'feature');
});

afterAll(() => sample[Symbol.asyncDispose]());

describe('issue comments', () => {
  it('are made, read, changed and deleted, as the bot', async () => {
    const { octokit, at } = sample;
    const made = await octokit.rest.issues.createComment({ ...at, issue_number: number, body: 'one' });
    expect(made.data.user).toMatchObject({ login: 'firsthand[bot]', type: 'Bot' });
    expect(made.data.performed_via_github_app?.slug).toBe('firsthand');
    await octokit.rest.issues.updateComment({ ...at, comment_id: made.data.id, body: 'two' });
    expect((await octokit.rest.issues.getComment({ ...at, comment_id: made.data.id })).data.body).toBe('two');
    const listed = await octokit.rest.issues.listComments({ ...at, issue_number: number });
    expect(listed.data.map(({ id }) => id)).toContain(made.data.id);
    await octokit.rest.issues.deleteComment({ ...at, comment_id: made.data.id });
    await expect(octokit.rest.issues.getComment({ ...at, comment_id: made.data.id })).rejects.toMatchObject({
      status: 404,
    });
    expect((await octokit.rest.issues.get({ ...at, issue_number: number })).data.pull_request).toBeDefined();
  });

  it('take reactions, each once per person', async () => {
    const { octokit, at, github } = sample;
    const { id } = await github.people.comment({
      repository: 'acme/shop',
      number,
      author: 'ada',
      body: '/review',
    });
    const first = await octokit.rest.reactions.createForIssueComment({
      ...at,
      comment_id: id,
      content: 'eyes',
    });
    const again = await octokit.rest.reactions.createForIssueComment({
      ...at,
      comment_id: id,
      content: 'eyes',
    });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect((await octokit.rest.reactions.listForIssueComment({ ...at, comment_id: id })).data).toHaveLength(
      1,
    );
    await octokit.rest.reactions.deleteForIssueComment({ ...at, comment_id: id, reaction_id: first.data.id });
    expect((await octokit.rest.reactions.listForIssueComment({ ...at, comment_id: id })).data).toEqual([]);
  });

  it('come in pages that lead to each other', async () => {
    const { octokit, at } = sample;
    for (const body of ['1', '2', '3', '4', '5']) {
      await octokit.rest.issues.createComment({ ...at, issue_number: number, body: `page ${body}` });
    }
    const first = await octokit.rest.issues.listComments({ ...at, issue_number: number, per_page: 2 });
    expect(first.headers.link).toMatch(/page=2>; rel="next".*rel="last"/);
    const all = await octokit.paginate(octokit.rest.issues.listComments, {
      ...at,
      issue_number: number,
      per_page: 2,
    });
    expect(all.filter(({ body }) => body?.startsWith('page'))).toHaveLength(5);
  });

  it('answer 304 to who has the same already', async () => {
    const { octokit, at } = sample;
    const { headers } = await octokit.rest.issues.listComments({ ...at, issue_number: number });
    const unchanged = octokit.rest.issues.listComments({
      ...at,
      issue_number: number,
      headers: { 'if-none-match': headers.etag ?? '' },
    });
    await expect(unchanged).rejects.toMatchObject({ status: 304 });
  });
});

describe('reviews', () => {
  it('take inline comments on both sides, over several lines and on files', async () => {
    const { octokit, at } = sample;
    const { data } = await octokit.rest.pulls.createReview({
      ...at,
      pull_number: number,
      commit_id: headSha,
      event: 'COMMENT',
      body: 'Two notes',
      comments: [
        { path: 'src/numbers.txt', line: 10, side: 'RIGHT', body: 'a' },
        { path: 'src/numbers.txt', line: 10, side: 'LEFT', body: 'b' },
        { path: 'src/numbers.txt', start_line: 8, start_side: 'RIGHT', line: 10, side: 'RIGHT', body: 'c' },
      ],
    });
    expect(data).toMatchObject({ state: 'COMMENTED', commit_id: headSha, user: { login: 'firsthand[bot]' } });
    const review = { ...at, pull_number: number, review_id: data.id };
    expect((await octokit.rest.pulls.getReview(review)).data.body).toBe('Two notes');
    expect(
      (await octokit.rest.pulls.listReviews({ ...at, pull_number: number })).data.map(({ id }) => id),
    ).toContain(data.id);
    expect((await octokit.rest.pulls.listCommentsForReview(review)).data).toHaveLength(3);
    const { data: comments } = await octokit.rest.pulls.listReviewComments({ ...at, pull_number: number });
    expect(comments.map(({ line, side, start_line }) => [line, side, start_line])).toEqual([
      [10, 'RIGHT', null],
      [10, 'LEFT', null],
      [10, 'RIGHT', 8],
    ]);
    expect(comments[0]?.diff_hunk.split('\n').at(-1)).toBe('+ten');
    await octokit.rest.pulls.updateReview({ ...review, body: 'Three notes' });
    expect((await octokit.rest.pulls.getReview(review)).data.body).toBe('Three notes');
  });

  it('take single comments and replies', async () => {
    const { octokit, at } = sample;
    const { data } = await octokit.rest.pulls.createReviewComment({
      ...at,
      pull_number: number,
      commit_id: headSha,
      path: 'picture.png',
      subject_type: 'file',
      body: 'Nice picture',
    });
    const reply = await octokit.rest.pulls.createReplyForReviewComment({
      ...at,
      pull_number: number,
      comment_id: data.id,
      body: 'Thanks',
    });
    expect(reply.data.in_reply_to_id).toBe(data.id);
    expect((await octokit.rest.pulls.getReviewComment({ ...at, comment_id: reply.data.id })).data.body).toBe(
      'Thanks',
    );
    await octokit.rest.pulls.updateReviewComment({ ...at, comment_id: data.id, body: 'Nicer' });
    await octokit.rest.pulls.deleteReviewComment({ ...at, comment_id: reply.data.id });
    await expect(
      octokit.rest.pulls.getReviewComment({ ...at, comment_id: reply.data.id }),
    ).rejects.toMatchObject({ status: 404 });
  });

  it('may be kept back and submitted later', async () => {
    const { octokit, at } = sample;
    const { data } = await octokit.rest.pulls.createReview({ ...at, pull_number: number, body: 'later' });
    expect(data.state).toBe('PENDING');
    await expect(octokit.rest.pulls.createReview({ ...at, pull_number: number })).rejects.toThrow(
      /one pending review/,
    );
    const submitted = await octokit.rest.pulls.submitReview({
      ...at,
      pull_number: number,
      review_id: data.id,
      event: 'COMMENT',
    });
    expect(submitted.data.state).toBe('COMMENTED');
    const pending = await octokit.rest.pulls.createReview({ ...at, pull_number: number, body: 'never' });
    await octokit.rest.pulls.deletePendingReview({ ...at, pull_number: number, review_id: pending.data.id });
  });
});
