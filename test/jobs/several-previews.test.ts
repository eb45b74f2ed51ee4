import { describe, expect, it } from 'vitest';
import { mergeReports } from '../../src/jobs/preview/merge-reports.ts';
import { handleJob } from '../../src/jobs/run-job.ts';
import { aVerifyJob, createJobBench, type JobBench, jobContext } from '../support/job-bench.ts';
import { BASE, HEAD, previewFinding, verifyReport } from '../support/reports.ts';

const CHECK = 'Firsthand: preview';
const WEB = 'https://shop-web.vercel.app/';
const ADMIN = 'https://shop-admin.vercel.app/';

function deploy(bench: JobBench, environment: string, url: string, sha = HEAD): void {
  bench.github.deployments.push({ sha, environment, url, createdAt: '2026-11-22T09:00:00Z' });
}

function deployBoth(bench: JobBench): void {
  deploy(bench, 'Preview – web', WEB);
  deploy(bench, 'Preview – admin', ADMIN);
  deploy(bench, 'Production – web', 'https://acme.dev/', BASE);
  deploy(bench, 'Production – admin', 'https://admin.acme.dev/', BASE);
}

describe('a commit with the previews of several projects', () => {
  it('tries each that the diff may affect beside its own base, within one budget', async () => {
    const bench = createJobBench();
    deployBoth(bench);
    bench.github.config = 'explore: { actions: 100, seconds: 60 }';
    let run = 0;
    bench.verify = async () => {
      run += 1;
      const finding = previewFinding({ id: 'aaaaaaaaaaaa', screenshots: { actual: 'same/actual.png' } });
      return verifyReport({ findings: run === 1 ? [] : [finding] });
    };
    bench.store.files.set('run-1/preview-2/same/actual.png', new Uint8Array([1]));
    await handleJob(aVerifyJob(), jobContext(), bench.ports);
    expect(
      bench.verifyRequests.map(({ head, base, settings }) => [head, base, settings.explore]),
    ).toMatchObject([
      [WEB, 'https://acme.dev/', { actions: 50, seconds: 30 }],
      [ADMIN, 'https://admin.acme.dev/', { actions: 50, seconds: 30 }],
    ]);
    expect(bench.summary()).toContain('admin: ');
    expect(bench.summary()).toContain('src="https://pictures.example/run-1/preview-2-same-actual.png"');
    expect(bench.summary()).toMatch(/also `admin`: <a href="https:\/\/shop-admin\.vercel\.app\/"/);
  });

  const FLOWS = `flows:
  - { name: Checkout, preview: Web, steps: [{ goto: /cart }] }
  - { name: Users, preview: shop-admin.vercel.app, steps: [{ goto: /users }] }
  - { name: Home, steps: [{ goto: / }] }
  - { name: Docs, preview: docs, steps: [{ goto: / }] }
`;

  it('drives each flow on all of them but for those that name another', async () => {
    const bench = createJobBench();
    deployBoth(bench);
    bench.github.config = FLOWS;
    await handleJob(aVerifyJob(), jobContext(), bench.ports);
    expect(bench.verifyRequests.map(({ settings }) => settings.flows.map(({ name }) => name))).toEqual([
      ['Checkout', 'Home'],
      ['Users', 'Home'],
    ]);
    expect(JSON.stringify([...bench.github.checks.values()])).toContain('which was not tried');
    const asked = aVerifyJob({ trigger: 'command', isAuthorised: true, flows: ['Users'] });
    await handleJob(asked, jobContext({ id: 'run-2' }), bench.ports);
    expect(
      bench.verifyRequests.slice(2).map(({ settings, flows }) => [settings.flows.length, flows]),
    ).toEqual([
      [0, undefined],
      [2, ['Users']],
    ]);
  });

  it('takes a flow that only one of them can do for that one’s, and tells of one that none can', async () => {
    const flow = (name: string, side: 'done' | 'impossible') => ({
      name,
      viewport: 'desktop',
      status: side === 'done' ? ('passed' as const) : ('could-not-run' as const),
      steps: [{ step: { goto: '/cart' }, base: side, head: side }],
    });
    const web = verifyReport({
      flows: [flow('Checkout', 'done'), flow('Home', 'done'), flow('Old', 'impossible')],
    });
    const admin = verifyReport({
      flows: [flow('Checkout', 'impossible'), flow('Home', 'done'), flow('Old', 'impossible')],
    });
    const merged = mergeReports([
      { name: 'web', report: web },
      { name: 'admin', report: admin },
    ]);
    expect(merged.flows.map(({ name, status }) => [name, status])).toEqual([
      ['Checkout', 'passed'],
      ['web: Home', 'passed'],
      ['web: Old', 'could-not-run'],
      ['admin: Home', 'passed'],
      ['admin: Old', 'could-not-run'],
    ]);
    expect(merged.outcome).toEqual({
      kind: 'partly-verified',
      why: expect.stringMatching(/flows that could run on none of the previews: “Old”$/),
    });
  });

  it('is verified only when all of them are', async () => {
    const bench = createJobBench();
    deployBoth(bench);
    let run = 0;
    bench.verify = async () => {
      run += 1;
      const outcome = { kind: 'preview-not-ready', why: 'answers 503' } as const;
      return verifyReport(run === 1 ? {} : { outcome });
    };
    await handleJob(aVerifyJob(), jobContext(), bench.ports);
    const check = bench.check(CHECK);
    expect(check).toMatchObject({ conclusion: 'neutral' });
    expect(check.title).toContain('admin: answers 503');
  });

  it('waits for no webhook of what it has tried, and tries all again when one more is there', async () => {
    const bench = createJobBench();
    deploy(bench, 'Preview – web', WEB);
    await handleJob(aVerifyJob(), jobContext(), bench.ports);
    await handleJob(
      aVerifyJob({ trigger: 'deployment', url: WEB }),
      jobContext({ id: 'run-2' }),
      bench.ports,
    );
    expect(bench.verifyRequests).toHaveLength(1);
    deploy(bench, 'Preview – admin', ADMIN);
    await handleJob(
      aVerifyJob({ trigger: 'deployment', url: ADMIN }),
      jobContext({ id: 'run-3' }),
      bench.ports,
    );
    expect(
      bench.verifyRequests
        .slice(1)
        .map(({ head }) => head)
        .sort(),
    ).toEqual([ADMIN, WEB]);
    await handleJob(
      aVerifyJob({ trigger: 'deployment', url: WEB }),
      jobContext({ id: 'run-4' }),
      bench.ports,
    );
    expect(bench.verifyRequests).toHaveLength(3);
  });
});

describe('a preview that no deployment tells of', () => {
  const status = {
    context: 'netlify/acme-shop/deploy-preview',
    creator: 'netlify[bot]',
    createdAt: '2026-11-22T09:00:00Z',
  };
  const url = 'https://deploy-preview-42--acme-shop.netlify.app/';

  it('is found by its status, beside the site that the service keeps for the base branch', async () => {
    const bench = createJobBench();
    bench.github.signs = { statuses: [{ ...status, state: 'success', url }] };
    await handleJob(aVerifyJob({ trigger: 'deployment' }), jobContext(), bench.ports);
    expect(bench.verifyRequests).toMatchObject([
      {
        head: url,
        base: 'https://acme-shop.netlify.app/',
        credentials: { kind: 'allowed' },
        exploration: { kind: 'withheld' },
      },
    ]);
    expect(bench.summary()).toContain(
      'what the status “netlify/acme-shop/deploy-preview” of a1b2c3d links to',
    );
  });

  it('is waited for when somebody asked, and not when a push did', async () => {
    const bench = createJobBench();
    bench.github.signs = { statuses: [{ ...status, state: 'pending' }] };
    await handleJob(aVerifyJob(), jobContext(), bench.ports);
    expect(bench.github.calls.get('listPreviewSigns')).toBe(1);
    const waits: number[] = [];
    const sleep = async (ms: number): Promise<void> => {
      waits.push(ms);
      if (ms === 20_000) bench.github.signs = { statuses: [{ ...status, state: 'success', url }] };
    };
    const asked = aVerifyJob({ trigger: 'command', isAuthorised: true });
    await handleJob(asked, jobContext({ id: 'run-2' }), { ...bench.ports, sleep });
    expect(bench.verifyRequests).toMatchObject([{ head: url }]);
    // The summary that is kept up to date waits as well, for less.
    expect(waits.filter((ms) => ms >= 10_000)).toEqual([10_000, 20_000]);
  });

  it('that is not there is told with what was seen and not believed', async () => {
    const bench = createJobBench();
    const body = 'A preview is at https://shop-of-mallory.vercel.app/ now';
    bench.github.signs = {
      comments: [{ author: 'mallory', isBot: false, body, updatedAt: '2026-11-22T09:00:00Z' }],
    };
    await handleJob(aVerifyJob({ trigger: 'command' }), jobContext(), bench.ports);
    expect(bench.verifyRequests).toEqual([]);
    expect(bench.summary()).toContain('Where a preview was looked for (1)');
    expect(bench.summary()).toContain('a comment by mallory');
  });
});
