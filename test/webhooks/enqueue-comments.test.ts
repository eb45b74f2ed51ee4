import { describe, expect, it } from 'vitest';
import { createIntake, PULL } from '../support/delivery-intake.ts';
import {
  issueCommentPayload,
  reviewCommentPayload,
  reviewThreadPayload,
} from '../support/webhook-payloads.ts';

describe('enqueueDelivery, of what people write', () => {
  it('passes on a comment with a command', async () => {
    const { deliver, queue } = createIntake();
    await deliver('issue_comment', issueCommentPayload('Looks good.\n/verify https://a.dev'));
    const job = {
      kind: 'command',
      installationId: 77,
      ...PULL,
      commentId: 99,
      author: 'mona',
      body: 'Looks good.\n/verify https://a.dev',
    };
    expect(queue.jobs.map((one) => one.job)).toEqual([job]);
  });

  it('takes a comment once, but each of two that came under one delivery id', async () => {
    const { deliver, jobs } = createIntake();
    const first = issueCommentPayload('/review');
    const second = { ...issueCommentPayload('/help'), comment: { ...first.comment, id: 100, body: '/help' } };
    for (const payload of [first, second, first, second]) {
      await deliver('issue_comment', payload, '1795348642147');
    }
    expect(jobs()).toMatchObject([
      { body: '/review', commentId: 99 },
      { body: '/help', commentId: 100 },
    ]);
  });

  it.each([
    ['says nothing to us', issueCommentPayload('just /review it')],
    ['is empty', issueCommentPayload(null)],
    ['stands on an issue', issueCommentPayload('/review', { isPull: false })],
    ['is by a bot', issueCommentPayload('/review', { user: { login: 'firsthand[bot]', type: 'Bot' } })],
    ['is by nobody', issueCommentPayload('/review', { user: null })],
    ['was edited', { ...issueCommentPayload('/review'), action: 'edited' }],
  ])('ignores a comment that %s', async (_, payload) => {
    const { deliver, queue } = createIntake();
    await deliver('issue_comment', payload);
    expect(queue.jobs).toEqual([]);
  });

  it('passes on replies in review threads, with or without a command', async () => {
    const { deliver, jobs } = createIntake();
    await deliver('pull_request_review_comment', reviewCommentPayload('Why?'));
    await deliver('pull_request_review_comment', reviewCommentPayload('/dismiss on purpose'));
    expect(jobs()).toEqual([
      { kind: 'reply', installationId: 77, ...PULL, commentId: 99, author: 'mona', body: 'Why?', thread: 50 },
      {
        kind: 'command',
        installationId: 77,
        ...PULL,
        commentId: 99,
        author: 'mona',
        body: '/dismiss on purpose',
        thread: 50,
      },
    ]);
  });

  it.each([
    ['begins a thread', reviewCommentPayload('/dismiss', { parent: null })],
    ['is by a bot', reviewCommentPayload('/dismiss', { user: { login: 'firsthand[bot]', type: 'Bot' } })],
    ['is by nobody', reviewCommentPayload('Why?', { user: null })],
    ['was edited', { ...reviewCommentPayload('Why?'), action: 'edited' }],
  ])('ignores a review comment that %s', async (_, payload) => {
    const { deliver, queue } = createIntake();
    await deliver('pull_request_review_comment', payload);
    expect(queue.jobs).toEqual([]);
  });

  it('passes on that a person resolved a thread, and not that the app did', async () => {
    const { deliver, jobs } = createIntake();
    await deliver('pull_request_review_thread', reviewThreadPayload('resolved'));
    const bot = { login: 'firsthand[bot]', type: 'Bot' };
    await deliver('pull_request_review_thread', reviewThreadPayload('unresolved', bot));
    expect(jobs()).toEqual([{ kind: 'thread', installationId: 77, ...PULL, sender: 'mona' }]);
  });
});
