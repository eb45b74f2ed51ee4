import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TransientError } from '../../src/domain/errors.ts';
import { createInstallations } from '../../src/github/create-installations.ts';
import type { Installation } from '../../src/jobs/ports.ts';
import { openFeature, type Sample, startSample } from '../fake-github/sample.ts';
import { createSilentLogger } from '../support/silent-logger.ts';

const { signal } = new AbortController();
const repository = 'acme/shop';
const OWN = 'eval\n\n<!-- firsthand:finding 0123456789ab -->';

let sample: Sample;
let installation: Installation;
let pull: { readonly owner: 'acme'; readonly repo: 'shop'; readonly number: number };

beforeEach(async () => {
  sample = await startSample();
  const { github } = sample;
  const installations = createInstallations({
    appId: github.state.app.id,
    privateKey: github.state.app.privateKey,
    apiUrl: github.apiUrl,
    serverUrl: github.serverUrl,
    gitCacheFolder: '/nowhere',
    openObjects: () => Promise.reject(new Error('not expected in this test')),
    throttle: false,
    logger: createSilentLogger(),
  });
  installation = await installations.open(sample.installationId);
  pull = { ...sample.at, number: await openFeature(sample) };
  const pullRequest = await installation.getPullRequest(pull, signal);
  const location = { path: 'new.txt', side: 'RIGHT', startLine: 1, endLine: 1 } as const;
  const review = { commitSha: pullRequest.headSha, body: 'A review', comments: [{ location, body: OWN }] };
  await installation.createReview(pull, review, signal);
});

afterEach(() => sample[Symbol.asyncDispose]());

async function onlyThread() {
  const threads = await installation.listOwnThreads(pull, signal);
  expect(threads).toHaveLength(1);
  const [thread] = threads;
  if (thread === undefined) throw new Error('there is no thread');
  return thread;
}

describe('the threads of the app', () => {
  it('are those that it began, with what people said and did there', async () => {
    const { people } = sample.github;
    const { commentId: id } = await onlyThread();
    await people.reply({ repository, id, by: 'ada', body: 'Why?' });
    await installation.replyInThread(pull, id, 'Because.\n\n<!-- firsthand:answer 1 -->', signal);
    people.react({ repository, id, by: 'ada', content: '-1' });
    people.react({ repository, id, by: 'bob', content: '+1' });
    await people.resolveThread({ repository, id, by: 'ada' });
    // Someone else's thread, with our marker in it.
    const ada = sample.octokitOf(sample.github.tokenOf('ada'));
    const { data } = await ada.rest.pulls.get({ ...sample.at, pull_number: pull.number });
    const anchor = { path: 'new.txt', line: 1, commit_id: data.head.sha };
    await ada.rest.pulls.createReviewComment({
      ...sample.at,
      pull_number: pull.number,
      ...anchor,
      body: OWN,
    });

    expect(await onlyThread()).toMatchObject({
      commentId: id,
      body: OWN,
      isResolved: true,
      resolvedBy: 'ada',
      downvotedBy: ['ada'],
      replies: [
        { author: 'ada', body: 'Why?', isOwn: false },
        { body: 'Because.\n\n<!-- firsthand:answer 1 -->', isOwn: true },
      ],
    });
    expect(sample.github.judge.violations).toEqual([]);
  });

  it('are resolved where the installation may write contents, and else left', async () => {
    const { threadId = '', commentId } = await onlyThread();
    expect(await installation.resolveThread(pull, threadId, signal)).toEqual({ kind: 'resolved' });
    expect(await onlyThread()).toMatchObject({ isResolved: true, resolvedBy: 'firsthand' });
    await sample.github.people.resolveThread({ repository, id: commentId, by: 'ada', isResolved: false });
    for (const token of sample.github.state.tokens.values()) {
      Object.assign(token, { permissions: { ...token.permissions, contents: 'read' } });
    }
    expect(await installation.resolveThread(pull, threadId, signal)).toEqual({ kind: 'refused' });
    expect((await onlyThread()).isResolved).toBe(false);
  });

  it('are edited, answered and reacted to, and gone when a person deleted them', async () => {
    const { commentId } = await onlyThread();
    await installation.updateReviewComment(pull, commentId, `Fixed.\n\n${OWN}`, signal);
    await installation.reactInThread(pull, commentId, 'eyes', signal);
    expect((await onlyThread()).body).toBe(`Fixed.\n\n${OWN}`);
    sample.github.state.repositories.get(repository)?.reviewComments.delete(commentId);
    expect(await installation.updateReviewComment(pull, commentId, OWN, signal)).toEqual({ kind: 'gone' });
    expect(await installation.replyInThread(pull, commentId, OWN, signal)).toEqual({ kind: 'gone' });
    expect(await installation.listOwnThreads(pull, signal)).toEqual([]);
  });

  it('are known without their state at a server that has no GraphQL', async () => {
    sample.github.faults.next('graphql/repository', { answer: 404 });
    const thread = await onlyThread();
    expect(thread.isResolved).toBeUndefined();
    expect(thread).not.toHaveProperty('threadId');
  });

  it('are asked for again later when GraphQL is down', async () => {
    sample.github.faults.next('graphql/repository', { answer: 502 });
    await expect(installation.listOwnThreads(pull, signal)).rejects.toThrow(TransientError);
  });
});
