import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/domain/errors.ts';
import type { Installation } from '../../src/jobs/ports.ts';
import { handleJob } from '../../src/jobs/run-job.ts';
import { aCommandJob, aReviewJob, createJobBench, type JobBench, jobContext } from '../support/job-bench.ts';
import { HEAD } from '../support/reports.ts';

const command = (bench: JobBench, body: string, author = 'mona') =>
  handleJob(aCommandJob({ body, author }), jobContext({ id: 'command-1' }), bench.ports);
const reactions = (bench: JobBench) => bench.github.reactions.map(({ reaction }) => reaction);
const answers = (bench: JobBench) =>
  bench.github.comments.filter((comment) => comment.body.includes('firsthand:answer'));

describe('a command job', () => {
  it('acknowledges and starts what was asked for, keyed by the comment', async () => {
    const bench = createJobBench();
    await command(bench, '/review\n/verify https://pr.example.dev "Checkout"');
    await command(bench, '/review\n/verify https://pr.example.dev "Checkout"');
    expect(reactions(bench).slice(0, 3)).toEqual(['eyes', 'rocket', 'rocket']);
    expect(bench.queue.jobs.map(({ job }) => job)).toMatchObject([
      { kind: 'review', headSha: HEAD, trigger: 'command' },
      {
        kind: 'verify',
        headSha: HEAD,
        url: 'https://pr.example.dev/',
        flows: ['Checkout'],
        isAuthorised: true,
      },
    ]);
    expect(bench.github.comments).toEqual([]);
  });

  it('refuses people without write access, with one short answer', async () => {
    const bench = createJobBench();
    await command(bench, '/verify', 'stranger');
    await command(bench, '/verify', 'stranger');
    expect(bench.queue.jobs).toEqual([]);
    expect(answers(bench)).toHaveLength(1);
    expect(answers(bench)[0]?.body).toMatch(/^`stranger` has no write access/);
    expect(reactions(bench)).toContain('confused');
  });

  it.each(['/approve', '/help', '/reveiw', '/resume'])(
    'leaves %s of people without write access to other apps',
    async (body) => {
      const bench = createJobBench();
      await command(bench, body, 'stranger');
      expect(bench.github.comments).toEqual([]);
      expect(reactions(bench)).toEqual([]);
    },
  );

  it.each(['/review', '/verify nonsense', '/approve 1', '/approve\n/cancel'])(
    'refuses %s of a stranger',
    async (body) => {
      const bench = createJobBench();
      await command(bench, body, 'stranger');
      expect(answers(bench)).toHaveLength(1);
    },
  );

  it('answers help, what is unavailable, a slip of the keyboard and nonsense in one comment', async () => {
    const bench = createJobBench();
    await command(bench, '/help\n/focus cart\n/reveiw\n/verify not-an-address');
    expect(answers(bench)).toHaveLength(1);
    const body = answers(bench)[0]?.body ?? '';
    expect(body).toContain('| `/review` | reads the diff again |');
    expect(body).toContain('`/focus` is not available in this version');
    expect(body).toContain('`/reveiw` is no command; `/review` is');
    expect(body).toContain('`/verify` could not be read');
    expect(body).not.toMatch(/^\//m);
    expect(bench.queue.jobs).toEqual([]);
  });

  it('is silent about a comment without a command', async () => {
    const bench = createJobBench();
    await command(bench, 'I like `/review`, thanks');
    expect(bench.github.calls.size).toBe(0);
  });

  it('starts nothing on a closed pull request, and says so', async () => {
    const bench = createJobBench();
    bench.github.pull = { ...bench.github.pull, state: 'closed' };
    await command(bench, '/review');
    expect(bench.queue.jobs).toEqual([]);
    expect(answers(bench)[0]?.body).toContain('the pull request is closed');
  });

  it('cancels what runs and shows it in the summary and the check run', async () => {
    const bench = createJobBench();
    const controller = new AbortController();
    bench.review = async (signal) => {
      controller.abort(new Error('cancelled'));
      throw signal.reason;
    };
    const running = handleJob(aReviewJob(), jobContext({ signal: controller.signal }), bench.ports);
    await expect(running).rejects.toThrow('cancelled');
    await command(bench, '/cancel');
    expect(bench.queue.cancellations).toHaveLength(1);
    expect(bench.summary()).toMatch(/^### Review cancelled\n/);
    expect(bench.summary()).toContain('| Logic | cancelled by mona |');
    expect(bench.check('Firsthand: review')).toMatchObject({ status: 'completed', conclusion: 'cancelled' });
    expect(reactions(bench)).toEqual(['eyes', '+1']);
    expect(answers(bench)).toEqual([]);
  });

  it('ends a check run that was cut off after its summary was finished', async () => {
    const bench = createJobBench();
    const controller = new AbortController();
    const cutOff: Installation = {
      ...bench.github,
      async updateComment(...written) {
        const done = await bench.github.updateComment(...written);
        if (bench.summary().includes('**failed**')) controller.abort(new Error('cancelled'));
        return done;
      },
    };
    const ports = { ...bench.ports, installations: { open: async () => cutOff } };
    bench.review = () => Promise.reject(new UserError('no commits'));
    const running = handleJob(aReviewJob(), jobContext({ signal: controller.signal }), ports);
    await expect(running).rejects.toThrow('cancelled');
    expect(bench.check('Firsthand: review')).toMatchObject({ status: 'in_progress' });
    await command(bench, '/cancel');
    expect(bench.check('Firsthand: review')).toMatchObject({ status: 'completed', conclusion: 'cancelled' });
    expect(bench.summary()).toContain('**failed**: no commits');
    expect(reactions(bench)).toEqual(['eyes', '+1']);
  });

  it('answers with an id when it fails through a fault of ours', async () => {
    const bench = createJobBench();
    bench.queue.break(new Error('disk full at /var/lib/secret-place'));
    await command(bench, '/review');
    expect(answers(bench)[0]?.body).toContain('the log under command-1');
    expect(answers(bench)[0]?.body).not.toContain('disk full');
    expect(reactions(bench)).toEqual(['eyes', 'confused']);
  });

  it('says that there was nothing to cancel', async () => {
    const bench = createJobBench();
    await command(bench, '/cancel');
    expect(answers(bench)[0]?.body).toContain('Nothing was running');
  });
});
