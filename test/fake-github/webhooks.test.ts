import { createHmac } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { git, openFeature, type Sample, startSample } from './sample.ts';

let sample: Sample;

beforeEach(async () => {
  sample = await startSample({
    app: {
      events: [
        'pull_request',
        'issue_comment',
        'deployment_status',
        'check_run',
        'check_suite',
        'push',
        'pull_request_review',
      ],
    },
    others: (folder) => {
      const fork = mkdtempSync(path.join(tmpdir(), 'fake-github-fork-'));
      git(fork, 'clone', '-q', '--bare', folder, fork);
      return [{ owner: 'eve', name: 'shop', folder: fork, forkOf: 'acme/shop' }];
    },
  });
});

afterEach(() => sample[Symbol.asyncDispose]());

type Payload = Record<string, Record<string, unknown>> & { action?: string; before?: string; after?: string };

function received(event: string): Payload[] {
  return sample.webhooks
    .filter(({ headers }) => headers['x-github-event'] === event)
    .map(({ body }) => JSON.parse(body) as Payload);
}

describe('webhooks', () => {
  it('are signed, named and numbered as GitHub does', async () => {
    await openFeature(sample);
    const webhook = sample.webhooks.find(({ headers }) => headers['x-github-event'] === 'pull_request');
    const signature = createHmac('sha256', 'secret')
      .update(webhook?.body ?? '')
      .digest('hex');
    expect(webhook?.headers).toMatchObject({
      'x-hub-signature-256': `sha256=${signature}`,
      'x-github-delivery': expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      'x-github-hook-id': expect.stringMatching(/^\d+$/),
      'x-github-hook-installation-target-type': 'integration',
      'content-type': 'application/json',
    });
    expect(received('pull_request')[0]).toMatchObject({
      action: 'opened',
      number: 1,
      installation: { id: sample.installationId },
      repository: { full_name: 'acme/shop' },
      sender: { login: 'ada' },
    });
  });

  it('tell of a push as synchronize, with the commits before and after', async () => {
    const number = await openFeature(sample);
    const before = git(sample.folder, 'rev-parse', 'feature');
    const after = await sample.github.people.push({
      repository: 'acme/shop',
      branch: 'feature',
      author: 'ada',
      files: { 'new.txt': 'newer\n', 'picture.png': null },
      message: 'More',
    });
    expect(git(sample.folder, 'rev-parse', 'feature', `refs/pull/${number}/head`)).toBe(`${after}\n${after}`);
    const [, synchronize] = received('pull_request');
    expect(synchronize).toMatchObject({
      action: 'synchronize',
      before,
      after,
      pull_request: { head: { sha: after } },
    });
    expect(received('push')[0]).toMatchObject({ ref: 'refs/heads/feature', before, after, forced: false });
    expect(received('check_suite').map((payload) => payload['check_suite']?.['head_sha'])).toEqual([
      before,
      after,
    ]);
    await expect(sample.octokit.rest.checks.listForRef({ ...sample.at, ref: before })).resolves.toMatchObject(
      { data: { total_count: 0 } },
    );
  });

  it('notice a branch that was pushed to the folder directly, by force', async () => {
    await openFeature(sample);
    const before = git(sample.folder, 'rev-parse', 'feature');
    const other = git(sample.folder, 'commit-tree', 'feature^{tree}', '-p', 'main', '-m', 'Rewritten');
    git(sample.folder, 'update-ref', 'refs/heads/feature', other);
    await sample.github.people.push({
      repository: 'acme/shop',
      branch: 'feature',
      author: 'ada',
      sha: other,
    });
    expect(received('pull_request')[1]).toMatchObject({ action: 'synchronize', before, after: other });
  });

  it("bring a fork's commits under the pull request's own ref", async () => {
    const { people } = sample.github;
    const sha = await people.push({
      repository: 'eve/shop',
      branch: 'evil',
      author: 'eve',
      files: { 'new.txt': 'x\n' },
    });
    const pull = await people.openPullRequest({
      repository: 'acme/shop',
      author: 'eve',
      head: 'eve:evil',
      title: 'Hi',
    });
    expect(git(sample.folder, 'rev-parse', `refs/pull/${pull.number}/head`)).toBe(sha);
    expect(received('pull_request')[0]).toMatchObject({
      pull_request: { head: { repo: { full_name: 'eve/shop', fork: true } }, author_association: 'NONE' },
    });
    const next = await people.push({
      repository: 'eve/shop',
      branch: 'evil',
      author: 'eve',
      files: { 'new.txt': 'y\n' },
    });
    expect(received('pull_request')[1]).toMatchObject({ action: 'synchronize', after: next });
    const { data } = await sample.octokit.rest.pulls.listFiles({ ...sample.at, pull_number: pull.number });
    expect(data.map(({ filename }) => filename)).toEqual(['new.txt']);
  });

  it('tell of comments, deployments, buttons, closing and reopening', async () => {
    const { people } = sample.github;
    const number = await openFeature(sample);
    const at = { repository: 'acme/shop', number };
    const head_sha = git(sample.folder, 'rev-parse', 'feature');
    await people.comment({ ...at, author: 'bob', body: '/verify' });
    await people.deploy({
      repository: 'acme/shop',
      ref: 'feature',
      environment: 'preview',
      url: 'https://p.example.dev',
      by: 'ada',
    });
    const { data: run } = await sample.octokit.rest.checks.create({
      ...sample.at,
      name: 'n',
      head_sha,
      conclusion: 'neutral',
      actions: [{ label: 'Go', description: 'Go on', identifier: 'go' }],
    });
    const on = { repository: 'acme/shop', id: run.id, by: 'ada' };
    await people.pressCheckAction({ ...on, identifier: 'go' });
    await people.rerequestCheckRun(on);
    await people.rerequestCheckSuite(on);
    await people.closePullRequest({ ...at, by: 'ada' });
    await people.reopenPullRequest({ ...at, by: 'ada' });
    await people.closePullRequest({ ...at, by: 'ada', merge: true });
    await sample.github.idle();

    expect(received('issue_comment')[0]).toMatchObject({
      action: 'created',
      comment: { body: '/verify' },
      issue: { number, pull_request: {} },
    });
    expect(received('deployment_status')[0]).toMatchObject({
      deployment_status: { state: 'success', environment_url: 'https://p.example.dev' },
      deployment: { sha: head_sha },
    });
    const checkActions = received('check_run').map(({ action, requested_action: pressed }) => [
      action,
      pressed,
    ]);
    expect(checkActions).toEqual(
      expect.arrayContaining([
        ['requested_action', { identifier: 'go' }],
        ['rerequested', undefined],
      ]),
    );
    expect(received('check_suite').at(-1)).toMatchObject({ action: 'rerequested' });
    expect(received('pull_request').map(({ action }) => action)).toEqual([
      'opened',
      'closed',
      'reopened',
      'closed',
    ]);
    expect(received('pull_request').at(-1)).toMatchObject({
      pull_request: { merged: true, changed_files: 5 },
    });
    expect(git(sample.folder, 'rev-list', '--parents', '-1', 'main').split(' ')).toHaveLength(3);
    await expect(people.pressCheckAction({ ...on, identifier: 'nothing' })).rejects.toThrow(/no button/);
  });

  it('tell of what the app itself wrote, as from its bot', async () => {
    const number = await openFeature(sample);
    await sample.octokit.rest.issues.createComment({ ...sample.at, issue_number: number, body: 'hello' });
    await sample.octokit.rest.pulls.createReview({
      ...sample.at,
      pull_number: number,
      event: 'COMMENT',
      body: 'hello',
    });
    await sample.github.idle();
    expect(received('issue_comment')[0]).toMatchObject({ sender: { login: 'firsthand[bot]', type: 'Bot' } });
    expect(received('pull_request_review')[0]).toMatchObject({
      action: 'submitted',
      review: { state: 'commented' },
    });
  });

  it('start with a draft and tell when it is ready', async () => {
    const { people } = sample.github;
    const pull = await people.openPullRequest({
      repository: 'acme/shop',
      author: 'ada',
      head: 'feature',
      title: 'd',
      isDraft: true,
    });
    await people.markReadyForReview({ repository: 'acme/shop', number: pull.number, by: 'ada' });
    expect(received('pull_request').map(({ action, pull_request: p }) => [action, p?.['draft']])).toEqual([
      ['opened', true],
      ['ready_for_review', false],
    ]);
  });

  it('come again with the same identifier and body', async () => {
    await openFeature(sample);
    const { deliveries } = sample.github.state;
    const first = deliveries.find(({ event }) => event === 'pull_request');
    const again = await sample.github.people.redeliver(first?.guid ?? '');
    expect(again).toMatchObject({ guid: first?.guid, isRedelivery: true, status: 200, response: 'received' });
    const bodies = sample.webhooks.filter(({ headers }) => headers['x-github-delivery'] === first?.guid);
    expect(bodies.map(({ body }) => body)).toEqual([bodies[0]?.body, bodies[0]?.body]);

    const { data } = await sample.appOctokit.rest.apps.listWebhookDeliveries();
    expect(data.filter(({ guid }) => guid === first?.guid)).toHaveLength(2);
    await sample.appOctokit.rest.apps.redeliverWebhookDelivery({ delivery_id: again.id });
    const one = await sample.appOctokit.rest.apps.getWebhookDelivery({ delivery_id: again.id });
    expect(one.data).toMatchObject({ guid: first?.guid, status_code: 200 });
    expect((await sample.appOctokit.rest.apps.getWebhookConfigForApp()).data.url).toMatch(/\/hook$/);
  });

  it('are not sent for events that the app did not subscribe to, and failures are kept', async () => {
    await using other = await startSample({
      app: { events: ['pull_request'], webhookUrl: 'http://127.0.0.1:1/' },
    });
    const number = await openFeature(other);
    await other.github.people.comment({ repository: 'acme/shop', number, author: 'ada', body: 'x' });
    const { deliveries } = other.github.state;
    expect(deliveries.map(({ event }) => event)).toEqual(['check_suite', 'pull_request']);
    expect(deliveries.map(({ status }) => status)).toEqual([0, 0]);
  });
});
