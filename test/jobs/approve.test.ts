import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/finding.ts';
import { writeStep } from '../../src/domain/look.ts';
import { handleJob } from '../../src/jobs/run-job.ts';
import {
  aCheckActionJob,
  aCommandJob,
  aReviewJob,
  aVerifyJob,
  createJobBench,
  type JobBench,
  jobContext,
} from '../support/job-bench.ts';
import { BASE, HEAD, previewFinding, verifyReport } from '../support/reports.ts';

const NAME = 'Firsthand: preview';
const LATER = 'e'.repeat(40);
const picture = (step: number): string => `300x200:${writeStep(step).repeat(288)}`;

function visual(place: string, step: number, changes: Partial<Finding> = {}): Finding {
  return previewFinding({
    id: `${place}0ffee000099`,
    category: 'visual',
    severity: 'medium',
    title: `Button “${place}” looks different`,
    source: 'firsthand/picture',
    looks: [{ place: place.repeat(12), picture: picture(step) }],
    ...changes,
  });
}

const [red, blue] = [visual('a', 10), visual('b', 50)];
const behaviour = previewFinding();

async function verify(bench: JobBench, findings: readonly Finding[], headSha = HEAD): Promise<void> {
  bench.github.pull = { ...bench.github.pull, headSha };
  bench.github.deployments.push(
    {
      sha: headSha,
      environment: 'Preview',
      url: 'https://pr.example.dev/',
      createdAt: '2026-11-22T09:00:00Z',
    },
    {
      sha: BASE,
      environment: 'Staging',
      url: 'https://base.example.dev/',
      createdAt: '2026-11-20T09:00:00Z',
    },
  );
  bench.verify = async () => verifyReport({ findings: [...findings] });
  const id = `run-${headSha.slice(0, 4)}-${findings.length}-${bench.github.calls.get('putCheckRun') ?? 0}`;
  await handleJob(aVerifyJob({ headSha }), jobContext({ id }), bench.ports);
}

let commands = 0;
async function say(bench: JobBench, body: string, author = 'mona'): Promise<void> {
  commands += 1;
  const job = aCommandJob({ body, author, commentId: commands });
  await handleJob(job, jobContext({ id: `command-${commands}` }), bench.ports);
}

const answers = (bench: JobBench) =>
  bench.github.comments.map(({ body }) => body).filter((body) => body.includes('firsthand:answer'));
const counts = (bench: JobBench) => /\*\*Findings:\*\*[^\n<]*/.exec(bench.summary())?.[0];
const checks = (bench: JobBench) => [...bench.github.checks.values()].filter(({ name }) => name === NAME);

describe('an approval of visual changes', () => {
  it('is asked for by number, and shown in summary and check run at once', async () => {
    const bench = createJobBench();
    await verify(bench, [red, blue]);
    expect(bench.summary()).toMatch(/<b>1<\/b> · <b>medium<\/b> · visual · Button “a”/);
    expect(bench.summary()).toContain('`/approve 1 2`, or `/approve all`');
    expect(bench.check(NAME)).toMatchObject({
      conclusion: 'neutral',
      actions: [{}, { identifier: 'approve' }],
    });
    await say(bench, '/approve 2');
    expect(counts(bench)).toBe('**Findings:** 1 open · 1 approved');
    expect(bench.summary()).toMatch(/Approved visual changes \(1\).*Button “b”.*approved by `@mona`/s);
    expect(bench.check(NAME)).toMatchObject({ conclusion: 'neutral' });
    await say(bench, '/approve all');
    expect(checks(bench)).toMatchObject([
      {
        conclusion: 'success',
        title: /^Nothing found but 2 visual changes that are approved/,
        actions: [{}],
      },
    ]);
    expect(bench.verifyRequests).toHaveLength(1);
    expect(answers(bench)).toEqual([]);
    expect(bench.github.reactions.filter(({ reaction }) => reaction === '+1')).toHaveLength(2);
  });

  it('holds on later commits, where another picture at the same place is asked again', async () => {
    const bench = createJobBench();
    await verify(bench, [red]);
    await say(bench, '/approve 1');
    await verify(bench, [red], LATER);
    expect(counts(bench)).toBe('**Findings:** 0 open · 1 approved');
    expect(bench.check(NAME)).toMatchObject({ conclusion: 'success' });
    await verify(bench, [visual('a', 30)], 'f'.repeat(40));
    expect(counts(bench)).toBe('**Findings:** 1 open');
    expect(bench.check(NAME)).toMatchObject({ conclusion: 'neutral' });
    await say(bench, '/approve 1');
    expect(counts(bench)).toBe('**Findings:** 0 open · 1 approved');
  });

  it('is asked again when the change shows on another page too', async () => {
    const bench = createJobBench();
    await verify(bench, [red]);
    await say(bench, '/approve all');
    const elsewhere = { place: 'c'.repeat(12), picture: picture(10) };
    await verify(bench, [{ ...red, looks: [...(red.looks ?? []), elsewhere] }], LATER);
    expect(counts(bench)).toBe('**Findings:** 1 open');
  });

  it('never covers behaviour, and says why', async () => {
    const bench = createJobBench();
    const claims = { looks: red.looks ?? [] };
    await verify(bench, [red, behaviour, previewFinding({ id: 'd00000000001', ...claims })]);
    await say(bench, '/approve all');
    expect(answers(bench)[0]).toMatch(
      /^1 visual change approved\. Not covered: `c0ffee000001` \(state\), `d00000000001` \(state\); an approval covers how things look/,
    );
    await say(bench, `/approve ${behaviour.id} 7`);
    expect(answers(bench)[1]).toMatch(
      /^Nothing was approved\. No visual change .* `7`.*`c0ffee000001` \(state\)/,
    );
    expect(counts(bench)).toBe('**Findings:** 2 open · 1 approved');
    expect(bench.check(NAME)).toMatchObject({ conclusion: 'neutral' });
  });

  it('is given by the button, by nobody without write access, and once however often it is tried', async () => {
    const bench = createJobBench();
    await verify(bench, [red]);
    await say(bench, '/approve all', 'stranger');
    await handleJob(aCheckActionJob({ sender: 'stranger', action: 'approve' }), jobContext(), bench.ports);
    expect(counts(bench)).toBe('**Findings:** 1 open');
    for (const id of ['press-1', 'press-1', 'press-2']) {
      const job = aCheckActionJob({ action: 'approve', check: 'preview' });
      await handleJob(job, jobContext({ id }), bench.ports);
    }
    expect(bench.store.ledgersKept.get('octo/shop#42')?.approvals).toMatchObject([{ by: 'mona' }]);
    expect(checks(bench)).toMatchObject([{ conclusion: 'success' }]);
  });

  it('is not lost when two people approve at once, nor when the database is', async () => {
    const bench = createJobBench();
    await verify(bench, [red, blue]);
    await Promise.all([say(bench, '/approve 1'), say(bench, '/approve 2')]);
    expect(counts(bench)).toBe('**Findings:** 0 open · 2 approved');
    expect(bench.check(NAME)).toMatchObject({ conclusion: 'success' });
    bench.store.lose();
    await verify(bench, [red, blue], LATER);
    expect(counts(bench)).toBe('**Findings:** 0 open · 2 approved');
  });

  it('given while the run is under way holds when the run ends', async () => {
    const bench = createJobBench();
    await verify(bench, [red]);
    bench.review = async () => {
      await say(bench, '/approve 1');
      throw new Error('broken');
    };
    await handleJob(aReviewJob(), jobContext({ id: 'review-1' }), bench.ports);
    expect(counts(bench)).toBe('**Findings:** 0 open · 1 approved');
    expect(bench.check(NAME)).toMatchObject({ conclusion: 'success' });
  });

  it('is remembered for the base branch once the pull request is merged', async () => {
    const bench = createJobBench();
    await verify(bench, [red, blue]);
    await say(bench, '/approve all');
    await verify(bench, [red], LATER);
    const closed = { kind: 'closed', installationId: 7, owner: 'octo', repo: 'shop', number: 42 } as const;
    bench.github.pull = { ...bench.github.pull, state: 'closed' };
    await handleJob(closed, jobContext({ id: 'closed-1' }), bench.ports);
    expect(await bench.store.approvals.ofBranch(bench.github.pull, 'main')).toEqual([]);
    bench.github.pull = { ...bench.github.pull, isMerged: true };
    await handleJob(closed, jobContext({ id: 'closed-2' }), bench.ports);
    bench.github.comments.length = 0;
    bench.github.pull = { ...bench.github.pull, number: 43, state: 'open', isMerged: false };
    const next = { ...aVerifyJob({ number: 43, headSha: LATER }) };
    bench.verify = async () => verifyReport({ findings: [red, blue] });
    await handleJob(next, jobContext({ id: 'next' }), bench.ports);
    expect(counts(bench)).toBe('**Findings:** 1 open · 1 approved');
    expect(bench.summary()).toMatch(/Button “a”.*approved by `@mona` on pull request 42/s);
  });

  it('says that there is nothing to approve', async () => {
    const bench = createJobBench();
    await say(bench, '/approve');
    await verify(bench, []);
    await say(bench, '/approve all');
    expect(answers(bench).map((body) => body.split('\n')[0])).toEqual([
      'Nothing was approved: the preview of this commit has not been tried yet.',
      'Nothing was approved: the summary tells of no visual change that is open.',
    ]);
  });
});
