import { describe, expect, it } from 'vitest';
import { handleJob } from '../../src/jobs/run-job.ts';
import { readSummaryMarker } from '../../src/report/marker.ts';
import { aReviewJob, aVerifyJob, createJobBench, jobContext } from '../support/job-bench.ts';
import { CODE, counts, FIXED, firstThread, idOf, openPull, say } from '../support/pushed-pull.ts';
import { previewFinding, reviewer, reviewReport, verifyReport } from '../support/reports.ts';

describe('the life of a finding', () => {
  it('is told once, fixed once with its commit, and told again when it is back', async () => {
    const { bench, push, said } = openPull();
    await push({ 'a.js': CODE });
    await push({ 'a.js': `// more\n${CODE}` });
    expect(said()).toBe(1);
    expect(counts(bench)).toBe('**Findings:** 1 open');

    await push({ 'a.js': FIXED });
    expect(firstThread(bench)).toMatchObject({
      isResolved: true,
      body: expect.stringMatching(/^\*\*Fixed\*\* in `3333333`/),
    });
    expect(counts(bench)).toBe('**Findings:** 0 open · 1 fixed (in `3333333`)');
    await push({ 'a.js': FIXED });
    expect(bench.github.calls.get('resolveThread')).toBe(1);

    await push({ 'a.js': CODE });
    expect(said()).toBe(2);
    expect(bench.github.threads[1]?.body).toMatch(/^\*\*Back again:\*\* this was fixed in `3333333`/);
    await push({ 'a.js': `${CODE}// more\n` });
    expect(said()).toBe(2);
    expect(counts(bench)).toBe('**Findings:** 1 open (1 back again)');
  });

  it('answers in the thread where GitHub does not let the app resolve it, once', async () => {
    const { bench, push } = openPull();
    bench.github.mayResolve = false;
    await push({ 'a.js': CODE });
    await push({ 'a.js': FIXED });
    await push({ 'a.js': FIXED });
    expect(firstThread(bench).replies.map(({ body }) => body.split('\n')[0])).toEqual([
      '**Fixed** in `2222222`: the code changed, and a new look at it no longer finds this.',
    ]);
  });

  it('is not fixed by a review that failed, and is listed as not looked at', async () => {
    const { bench, push } = openPull();
    await push({ 'a.js': CODE });
    bench.github.files = { 'a.js': FIXED };
    bench.github.pull = { ...bench.github.pull, headSha: 'f'.repeat(40) };
    const reviewers = reviewReport().reviewers.map((one) => ({ ...one, status: 'failed' as const }));
    bench.review = async () => reviewReport({ head: 'f'.repeat(40), reviewers });
    await handleJob(aReviewJob({ headSha: 'f'.repeat(40) }), jobContext({ id: 'failed' }), bench.ports);
    expect(counts(bench)).toBe('**Findings:** 1 open');
    expect(bench.summary()).toContain('Still open, not found again in this run (1)');
    expect(firstThread(bench).isResolved).toBe(false);
  });

  it('keeps a check from being green that did not find again what is open', async () => {
    const { bench, push } = openPull();
    await push({ 'a.js': CODE });
    bench.github.diff = bench.github.diff.replaceAll('a.js', 'other.js');
    bench.review = async () => reviewReport({ notAnalysed: [], findings: [], reviewers: [reviewer()] });
    const { headSha } = bench.github.pull;
    await handleJob(aReviewJob({ headSha }), jobContext({ id: 'again' }), bench.ports);
    expect(bench.check('Firsthand: review')).toMatchObject({
      conclusion: 'neutral',
      title: '1 earlier finding still open; nothing new found: 41 of 41 hunks read',
    });
  });

  it('survives the loss of the store by the marker, and of the marker by the store', async () => {
    for (const lose of ['store', 'marker', 'both'] as const) {
      const { bench, push, said } = openPull();
      await push({ 'a.js': CODE, 'b.js': CODE });
      await say(bench, `/dismiss ${idOf(bench)} on purpose`);
      expect(counts(bench)).toBe('**Findings:** 1 open · 1 dismissed');
      if (lose !== 'marker') bench.store.lose();
      if (lose !== 'store') bench.github.comments.length = 0;
      await push({ 'a.js': `// more\n${CODE}`, 'b.js': CODE });
      expect(said()).toBe(2);
      // With both gone, a command is forgotten, but what was said is not said again.
      expect(counts(bench)).toBe(
        lose === 'both' ? '**Findings:** 2 open' : '**Findings:** 1 open · 1 dismissed',
      );
    }
  });

  it('ignores a forged marker, says so in the log, and goes on from the store', async () => {
    const { bench, push, said } = openPull();
    await push({ 'a.js': CODE });
    const sealed = readSummaryMarker(bench.summary())?.ledger ?? '';
    expect(sealed.length).toBeGreaterThan(100);
    const forge = (change: (sealed: string) => string): void => {
      const [comment] = bench.github.comments;
      if (comment === undefined) throw new Error('there is a summary');
      bench.github.comments[0] = { ...comment, body: comment.body.replace(sealed, change(sealed)) };
    };
    forge((text) => `${text.slice(0, 50)}${text[50] === 'A' ? 'B' : 'A'}${text.slice(51)}`);
    await push({ 'a.js': `// more\n${CODE}` });
    expect(said()).toBe(1);
    const warnings = bench.logger.lines.filter(({ level }) => level === 'warn').map(({ message }) => message);
    expect(warnings).toEqual([expect.stringMatching(/forged, cut or of another key: it is ignored/)]);
    expect(counts(bench)).toBe('**Findings:** 1 open');
  });

  it('is not told twice when the run crashed after posting', async () => {
    const { bench, push, said } = openPull();
    const steps = new Map<string, string>();
    await push({ 'a.js': CODE }, { steps });
    for (const step of ['post-review', 'check']) steps.delete(step);
    const headSha = bench.github.pull.headSha;
    await handleJob(aReviewJob({ headSha }), jobContext({ id: 'run-1', attempt: 2 }, steps), bench.ports);
    expect(said()).toBe(1);
    expect(counts(bench)).toBe('**Findings:** 1 open');
  });

  it('stays with the inline comments that are wanted, over several pushes', async () => {
    const { bench, push, said } = openPull();
    bench.github.config = 'review: { maxFindings: 2 }';
    const lines = Array.from({ length: 4 }, (_, index) => `eval(${index});`);
    await push({ 'a.js': lines.join('\n') });
    expect(said()).toBe(2);
    await push({ 'a.js': `${lines.join('\n')}\n// more\n` });
    expect(said()).toBe(2);
    await push({ 'a.js': `${lines.slice(1).join('\n')}\neval(9);\n` });
    expect(said()).toBe(3);
    expect(bench.github.threads[2]?.body).toContain('"startLine":4');
  });
});

describe('the life of what the preview shows', () => {
  it('goes by the same ledger: fixed with its commit, and dismissed by id', async () => {
    const bench = createJobBench();
    const url = 'https://pr-42.example.dev/';
    const verify = async (headSha: string, findings: ReturnType<typeof previewFinding>[]) => {
      bench.github.pull = { ...bench.github.pull, headSha };
      bench.github.deployments.push({
        sha: headSha,
        environment: 'preview',
        url,
        createdAt: '2026-11-22T11:00:00Z',
      });
      bench.verify = async () => verifyReport({ findings });
      await handleJob(aVerifyJob({ headSha }), jobContext({ id: `verify-${headSha}` }), bench.ports);
    };
    const other = previewFinding({ id: 'c0ffee000002', title: 'The header is gone' });
    await verify('1'.repeat(40), [previewFinding(), other]);
    await say(bench, '/dismiss c0ffee000002');
    await verify('2'.repeat(40), [other]);
    expect(counts(bench)).toBe('**Findings:** 0 open · 1 fixed (in `2222222`) · 1 dismissed');
    expect(bench.summary()).not.toContain('#### Found by trying the preview');
    await say(bench, '/explain c0ffee000001', { commentId: 6 });
    expect(bench.github.comments.at(-1)?.body).toMatch(
      /How it is known:\*\* it happened in a browser, and not on the base/,
    );
  });
});
