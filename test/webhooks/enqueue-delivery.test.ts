import { describe, expect, it } from 'vitest';
import { jobSchema } from '../../src/jobs/job.ts';
import { createIntake, PULL } from '../support/delivery-intake.ts';
import {
  checkRunPayload,
  checkSuitePayload,
  deploymentStatusPayload,
  HEAD_SHA,
  issueCommentPayload,
  OLD_SHA,
  pullRequestPayload,
  statusPayload,
} from '../support/webhook-payloads.ts';

describe('enqueueDelivery', () => {
  it.each(['opened', 'reopened', 'synchronize', 'ready_for_review'])(
    'asks for a review and a verification when a pull request is %s',
    async (action) => {
      const { deliver, jobs } = createIntake();
      await deliver('pull_request', pullRequestPayload(action));
      const run = { ...PULL, installationId: 77, headSha: HEAD_SHA, trigger: 'push' };
      expect(jobs().slice(0, 2)).toEqual([
        { ...run, kind: 'review' },
        { ...run, kind: 'verify', isAuthorised: false },
      ]);
      for (const job of jobs()) expect(jobSchema.parse(job)).toEqual(job);
    },
  );

  it.each(['opened', 'reopened', 'synchronize'])('leaves a draft that is %s alone', async (action) => {
    const { deliver, queue } = createIntake();
    await deliver('pull_request', pullRequestPayload(action, { draft: true }));
    expect(queue.jobs).toEqual([]);
    expect(queue.cancellations).toEqual([]);
  });

  it('has the runs of older heads superseded after a push, and only then, and ends none by itself', async () => {
    const { deliver, queue, jobs } = createIntake();
    await deliver('pull_request', pullRequestPayload('opened'));
    expect(jobs().map(({ kind }) => kind)).toEqual(['review', 'verify']);
    await deliver('pull_request', pullRequestPayload('synchronize', { before: OLD_SHA }), 'guid-2');
    const superseded = {
      kind: 'superseded',
      installationId: 77,
      ...PULL,
      headSha: HEAD_SHA,
      before: OLD_SHA,
    };
    expect(jobs().at(-1)).toEqual(superseded);
    expect(queue.cancellations).toEqual([]);
  });

  it('does nothing when the same delivery comes again, and does not end newer runs', async () => {
    const { deliver, queue } = createIntake();
    const push = pullRequestPayload('synchronize', { before: OLD_SHA });
    await deliver('pull_request', push);
    const before = structuredClone({ jobs: queue.jobs, cancellations: queue.cancellations });
    await deliver('pull_request', push);
    expect({ jobs: queue.jobs, cancellations: queue.cancellations }).toEqual(before);
  });

  it('makes one job of two deliveries about one push', async () => {
    const { deliver, queue } = createIntake();
    await deliver('pull_request', pullRequestPayload('opened'), 'guid-1');
    await deliver('pull_request', pullRequestPayload('opened'), 'guid-2');
    expect(queue.jobs).toHaveLength(2);
  });

  it('counts a push back to an earlier head, and each reopening, anew', async () => {
    const { deliver, queue } = createIntake();
    await deliver('pull_request', pullRequestPayload('synchronize', { before: OLD_SHA }), '1');
    await deliver('pull_request', pullRequestPayload('synchronize', { before: 'c'.repeat(40) }), '2');
    await deliver('pull_request', pullRequestPayload('reopened'), '3');
    await deliver('pull_request', pullRequestPayload('reopened'), '4');
    expect(queue.jobs).toHaveLength(10);
  });

  it('ends what runs for a closed pull request', async () => {
    const { deliver, queue } = createIntake();
    await deliver('pull_request', pullRequestPayload('closed', { draft: true }));
    expect(queue.jobs.map(({ job }) => job)).toEqual([{ kind: 'closed', installationId: 77, ...PULL }]);
  });

  it.each([
    [{}, 'https://pr-7.example.dev'],
    [{ environment_url: '', target_url: 'http://10.0.0.1:8080/' }, 'http://10.0.0.1:8080/'],
    [{ environment_url: null, target_url: 'https://pr-7.example.dev/x' }, 'https://pr-7.example.dev/x'],
  ])('takes the address of a successful deployment from %j', async (status, url) => {
    const { deliver, jobs } = createIntake();
    await deliver('deployment_status', deploymentStatusPayload(status));
    expect(jobs()).toEqual([
      { kind: 'deployment', installationId: 77, owner: 'acme', repo: 'shop', sha: HEAD_SHA, url },
    ]);
  });

  it('tells two deployments of one commit to one address apart', async () => {
    const { deliver, jobs } = createIntake();
    const at = (id: number, created_at: string) => deploymentStatusPayload({ id, created_at });
    await deliver('deployment_status', at(1, '2026-11-22T09:00:00Z'), 'guid-1');
    await deliver('deployment_status', at(2, '2026-11-22T10:00:00Z'), 'guid-2');
    expect(jobs()).toMatchObject([
      { statusId: 1, deployedAt: '2026-11-22T09:00:00Z' },
      { statusId: 2, deployedAt: '2026-11-22T10:00:00Z' },
    ]);
    for (const job of jobs()) expect(jobSchema.parse(job)).toEqual(job);
  });

  it.each([
    { state: 'pending' },
    { state: 'failure' },
    { state: 'inactive' },
    { environment_url: '', target_url: '' },
    { environment_url: 'javascript:alert(1)' },
    { environment_url: 'file:///etc/passwd' },
    { environment_url: 'not an address' },
    { environment_url: `https://a.dev/${'x'.repeat(3000)}` },
    { environment_url: '', target_url: 'https://github.com/acme/shop/actions/runs/1' },
  ])('ignores the deployment status %j', async (status) => {
    const { deliver, queue } = createIntake();
    await deliver('deployment_status', deploymentStatusPayload(status));
    expect(queue.jobs).toEqual([]);
  });

  it('needs no field beside the ones it reads', async () => {
    const { deliver, jobs } = createIntake();
    const { installation, repository } = pullRequestPayload('opened');
    const { name, owner } = repository;
    await deliver('pull_request', {
      action: 'opened',
      installation,
      repository: { name, owner },
      pull_request: { number: 7, head: { sha: HEAD_SHA } },
    });
    expect(jobs()).toMatchObject([
      { kind: 'review', ...PULL, headSha: HEAD_SHA },
      { kind: 'verify', ...PULL, headSha: HEAD_SHA },
    ]);
  });

  it.each([
    [checkRunPayload('rerequested'), 'review', 'rerun'],
    [checkRunPayload('rerequested', { name: 'Firsthand: preview' }), 'preview', 'rerun'],
    [checkRunPayload('requested_action', { identifier: 'cancel' }), 'review', 'cancel'],
    [checkRunPayload('requested_action', { identifier: 'rerun' }), 'review', 'rerun'],
  ])('carries out what a check run is asked for', async (payload, check, action) => {
    const { deliver, jobs } = createIntake();
    await deliver('check_run', payload);
    expect(jobs()).toEqual([
      {
        kind: 'check-action',
        installationId: 77,
        owner: 'acme',
        repo: 'shop',
        headSha: HEAD_SHA,
        sender: 'mona',
        check,
        action,
        pulls: [7],
      },
    ]);
  });

  const serviceComment = (login: string, action = 'edited') => ({
    ...issueCommentPayload('### Deploy Preview ready!', { user: { login, type: 'Bot' } }),
    action,
  });

  it.each([
    ['status', statusPayload('success', 'https://pr-7--shop.netlify.app'), { sha: HEAD_SHA }, 'status:61'],
    [
      'check_run',
      checkRunPayload('completed', { appId: 5, slug: 'cloudflare-workers-and-pages', conclusion: 'success' }),
      { sha: HEAD_SHA },
      'check:31',
    ],
    ['issue_comment', serviceComment('vercel[bot]'), { number: 7 }, 'comment:99:'],
    ['issue_comment', serviceComment('netlify[bot]', 'created'), { number: 7 }, 'comment:99:'],
  ])(
    'looks for the preview when a hosting service says something in a %s',
    async (event, payload, of, cause) => {
      const { deliver, jobs } = createIntake();
      await deliver(event, payload);
      expect(jobs()).toEqual([
        { kind: 'preview-sign', installationId: 77, owner: 'acme', repo: 'shop', of, cause },
      ]);
    },
  );

  it.each([
    ['status', statusPayload('pending', 'https://pr-7--shop.netlify.app')],
    ['status', statusPayload('success', 'https://app.netlify.com/sites/shop/deploys/1')],
    ['status', statusPayload('success', null)],
    ['check_run', checkRunPayload('completed', { conclusion: 'success', slug: 'firsthand' })],
    ['check_run', checkRunPayload('completed', { appId: 5, slug: 'netlify', conclusion: 'failure' })],
    ['issue_comment', serviceComment('dependabot[bot]')],
    ['issue_comment', { ...issueCommentPayload('/review'), action: 'edited' }],
  ])('does not look for a preview because of a %s that names none', async (event, payload) => {
    const { deliver, queue } = createIntake();
    await deliver(event, payload);
    expect(queue.jobs).toEqual([]);
  });

  it('re-runs everything when the check suite is re-run', async () => {
    const { deliver, jobs } = createIntake();
    await deliver('check_suite', checkSuitePayload('rerequested'));
    expect(jobs()).toMatchObject([{ kind: 'check-action', check: 'all', action: 'rerun', pulls: [] }]);
  });

  it.each([
    ['check_run', checkRunPayload('rerequested', { appId: 1 })],
    ['check_run', checkRunPayload('rerequested', { name: 'CI' })],
    ['check_run', checkRunPayload('requested_action', { identifier: 'merge' })],
    ['check_run', checkRunPayload('requested_action')],
    ['check_run', checkRunPayload('created')],
    ['check_suite', checkSuitePayload('rerequested', 1)],
    ['check_suite', checkSuitePayload('requested')],
    ['pull_request', pullRequestPayload('labeled')],
    ['push', { ref: 'refs/heads/main' }],
    ['star', {}],
    ['star', null],
    ['constructor.prototype', []],
  ])('ignores a %s that is not for us', async (event, payload) => {
    const { deliver, queue } = createIntake();
    await deliver(event, payload);
    expect(queue.jobs).toEqual([]);
  });

  it.each([
    ['pull_request', { action: 'opened' }],
    ['pull_request', { ...pullRequestPayload('opened'), installation: undefined }],
    ['pull_request', pullRequestPayload('opened', { sha: 'HEAD; rm -rf /' })],
    [
      'pull_request',
      { ...pullRequestPayload('opened'), repository: { name: '../..', owner: { login: 'acme' } } },
    ],
    ['issue_comment', { ...issueCommentPayload('/review'), comment: { id: 'x' } }],
    ['check_run', { ...checkRunPayload('rerequested'), check_run: null }],
  ])('refuses a %s that lacks what it needs, so that it shows as failed', async (event, payload) => {
    const { deliver, queue } = createIntake();
    await expect(deliver(event, payload)).rejects.toThrow(/payload is not what GitHub documents/);
    expect(queue.jobs).toEqual([]);
  });

  it('fails when the queue cannot store the job', async () => {
    const { deliver, queue } = createIntake();
    const full = new Error('disk full');
    queue.break(full);
    await expect(deliver('pull_request', pullRequestPayload('opened'))).rejects.toBe(full);
    expect(queue.cancellations).toEqual([]);
  });
});
