import { describe, expect, it } from 'vitest';
import { TransientError } from '../../src/domain/errors.ts';
import { createLiveSummary } from '../../src/report/live-summary.ts';
import { writeSummaryMarker } from '../../src/report/marker.ts';
import { createFakeInstallation, type FakeInstallation } from '../support/fake-installation.ts';
import { HEAD } from '../support/reports.ts';
import { createSilentLogger } from '../support/silent-logger.ts';

/** A summary whose pauses end when the test says so. */
function setUp(commentId?: number) {
  const github = createFakeInstallation();
  const logger = createSilentLogger();
  const controller = new AbortController();
  const pauses: (() => void)[] = [];
  const live = createLiveSummary({
    publisher: github,
    pull: github.pull,
    commentId,
    logger,
    signal: controller.signal,
    sleep: (_ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) reject(new Error('ended'));
        pauses.push(resolve);
        signal.addEventListener('abort', () => reject(new Error('ended')), { once: true });
      }),
  });
  /** Lets everything happen that waits for no pause. */
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const nextPause = async () => {
    pauses.shift()?.();
    await settle();
  };
  return { github, logger, controller, live, settle, nextPause };
}

const summary = (text: string): string => `${text}\n\n${writeSummaryMarker({ head: HEAD })}`;

/** GitHub makes the next comment, and its answer does not arrive. */
function loseNextAnswer(github: FakeInstallation): void {
  const createComment = github.createComment.bind(github);
  github.createComment = async (...call) => {
    github.createComment = createComment;
    await createComment(...call);
    throw new TransientError('GitHub answered 502');
  };
}

describe('createLiveSummary', () => {
  it('writes at most once in each pause, and the last body wins', async () => {
    const { github, live, settle, nextPause } = setUp();
    for (const body of ['one', 'two', 'three']) live.show(body);
    await settle();
    expect(github.comments.map((comment) => comment.body)).toEqual(['one']);
    await nextPause();
    expect(github.comments.map((comment) => comment.body)).toEqual(['three']);
    expect(github.calls.get('updateComment')).toBe(1);
  });

  it('always writes the final body, without waiting for the pause', async () => {
    const { github, live } = setUp();
    live.show('one');
    live.show('two');
    await live.finish('final');
    live.show('late');
    expect(github.comments.map((comment) => comment.body)).toEqual(['final']);
    expect(github.calls.get('createComment')).toBe(1);
  });

  it('logs a failing live write and goes on', async () => {
    const { github, logger, live, settle, nextPause } = setUp();
    github.failures.set('createComment', [new Error('502')]);
    live.show('one');
    await settle();
    expect(logger.lines).toMatchObject([{ level: 'warn' }]);
    live.show('two');
    await nextPause();
    expect(github.comments.map((comment) => comment.body)).toEqual(['two']);
  });

  it('finds the comment whose answer was lost, and makes no second one', async () => {
    const { github, live, settle, nextPause } = setUp();
    loseNextAnswer(github);
    live.show(summary('one'));
    await settle();
    live.show(summary('two'));
    await nextPause();
    expect(github.comments.map((comment) => comment.body)).toEqual([summary('two')]);
    await live.finish(summary('final'));
    expect(github.comments.map((comment) => comment.body)).toEqual([summary('final')]);
  });

  it('finds it also when only the final body is left to write', async () => {
    const { github, live, settle } = setUp();
    loseNextAnswer(github);
    live.show(summary('one'));
    await settle();
    await live.finish(summary('final'));
    expect(github.comments.map((comment) => comment.body)).toEqual([summary('final')]);
  });

  it('looks again, before it makes another, when the search fails too', async () => {
    const { github, live, settle } = setUp();
    loseNextAnswer(github);
    live.show(summary('one'));
    await settle();
    github.failures.set('listOwnComments', [new TransientError('GitHub answered 502')]);
    await expect(live.finish(summary('final'))).rejects.toThrow('502');
    await live.finish(summary('final'));
    expect(github.comments.map((comment) => comment.body)).toEqual([summary('final')]);
  });

  it('keeps the oldest of two summaries, and leaves other comments alone', async () => {
    const { github, live, settle } = setUp();
    github.comments.push({ id: 1, body: 'an answer' }, { id: 2, body: summary('older') });
    loseNextAnswer(github);
    live.show(summary('one'));
    await settle();
    await live.finish(summary('final'));
    expect(github.comments.slice(0, 2)).toEqual([
      { id: 1, body: 'an answer' },
      { id: 2, body: summary('final') },
    ]);
  });

  it('throws when the final body cannot be written', async () => {
    const { github, live } = setUp();
    github.failures.set('createComment', [new Error('502')]);
    await expect(live.finish('final')).rejects.toThrow('502');
  });

  it('writes nothing once the run is aborted', async () => {
    const { github, controller, live, settle, nextPause } = setUp();
    live.show('one');
    live.show('two');
    await settle();
    controller.abort(new Error('superseded'));
    await nextPause();
    live.show('three');
    await expect(live.finish('final')).rejects.toThrow('superseded');
    expect(github.comments.map((comment) => comment.body)).toEqual(['one']);
  });

  it('makes a deleted comment anew at the end only', async () => {
    const { github, live, settle } = setUp(99);
    live.show('one');
    await settle();
    expect(github.comments).toEqual([]);
    await live.finish('final');
    expect(github.comments.map((comment) => comment.body)).toEqual(['final']);
  });
});
