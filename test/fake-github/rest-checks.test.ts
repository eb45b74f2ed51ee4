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

describe('check runs', () => {
  it('are created, completed, annotated and found by name', async () => {
    const { octokit, at } = sample;
    const annotation = {
      path: 'new.txt',
      start_line: 1,
      end_line: 1,
      annotation_level: 'warning',
      message: 'm',
    } as const;
    const { data } = await octokit.rest.checks.create({
      ...at,
      name: 'Firsthand: review',
      head_sha: headSha,
      external_id: 'run 1',
      status: 'in_progress',
      output: { title: 't', summary: 's', annotations: [annotation] },
      actions: [{ label: 'Again', description: 'Run it again', identifier: 'again' }],
    });
    expect(data).toMatchObject({
      status: 'in_progress',
      app: { slug: 'firsthand' },
      output: { annotations_count: 1 },
    });
    expect(data.pull_requests.map((pull) => pull.number)).toEqual([number]);
    const updated = await octokit.rest.checks.update({
      ...at,
      check_run_id: data.id,
      conclusion: 'neutral',
      output: { title: 't', summary: 's', annotations: [{ ...annotation, path: 'picture.png' }] },
    });
    expect(updated.data).toMatchObject({
      status: 'completed',
      conclusion: 'neutral',
      output: { annotations_count: 2 },
    });
    expect((await octokit.rest.checks.get({ ...at, check_run_id: data.id })).data.external_id).toBe('run 1');
    const annotations = await octokit.rest.checks.listAnnotations({ ...at, check_run_id: data.id });
    expect(annotations.data.map(({ path }) => path)).toEqual(['new.txt', 'picture.png']);
    const app = sample.github.state.app.id;
    const list = async (check_name: string, app_id: number): Promise<number> =>
      (await octokit.rest.checks.listForRef({ ...at, ref: headSha, check_name, app_id })).data.total_count;
    expect(await list('Firsthand: review', app)).toBe(1);
    expect(await list('Another', app)).toBe(0);
    expect(await list('Firsthand: review', app + 1)).toBe(0);

    const { data: suites } = await octokit.rest.checks.listSuitesForRef({ ...at, ref: 'feature' });
    const suite = { ...at, check_suite_id: suites.check_suites[0]?.id ?? 0 };
    expect((await octokit.rest.checks.getSuite(suite)).data.conclusion).toBe('neutral');
    expect((await octokit.rest.checks.listForSuite(suite)).data.total_count).toBe(1);
    await octokit.rest.checks.rerequestRun({ ...at, check_run_id: data.id });
    await octokit.rest.checks.rerequestSuite(suite);
  });
});

describe('deployments and statuses', () => {
  it('are listed newest first', async () => {
    const { octokit, at, github } = sample;
    const { deployment } = await github.people.deploy({
      repository: 'acme/shop',
      ref: 'feature',
      environment: 'preview',
      state: 'in_progress',
      by: 'ada',
    });
    await github.people.deploy({
      repository: 'acme/shop',
      ref: 'feature',
      environment: 'preview',
      url: 'https://pr-1.example.dev',
      by: 'ada',
      deployment: deployment.id,
    });
    const { data } = await octokit.rest.repos.listDeployments({ ...at, sha: headSha });
    expect(data.map(({ id }) => id)).toEqual([deployment.id]);
    expect((await octokit.rest.repos.listDeployments({ ...at, environment: 'other' })).data).toEqual([]);
    const statuses = await octokit.rest.repos.listDeploymentStatuses({ ...at, deployment_id: deployment.id });
    expect(statuses.data.map(({ state, environment_url: url }) => [state, url])).toEqual([
      ['success', 'https://pr-1.example.dev'],
      ['in_progress', ''],
    ]);
    const status = { ...at, deployment_id: deployment.id, status_id: statuses.data[0]?.id ?? 0 };
    expect((await octokit.rest.repos.getDeploymentStatus(status)).data.state).toBe('success');
    expect((await octokit.rest.repos.getDeployment({ ...at, deployment_id: deployment.id })).data.sha).toBe(
      headSha,
    );
  });

  it('are made by those who may, and combined by context', async () => {
    const { at, github } = sample;
    const ada = sample.octokitOf(github.tokenOf('ada'));
    const made = await ada.rest.repos.createDeployment({ ...at, ref: 'main', environment: 'staging' });
    if (!('id' in made.data)) throw new Error('not made');
    await ada.rest.repos.createDeploymentStatus({
      ...at,
      deployment_id: made.data.id,
      state: 'success',
      environment_url: 'https://staging.example.dev',
    });
    await ada.rest.repos.createCommitStatus({ ...at, sha: headSha, state: 'pending', context: 'ci' });
    await ada.rest.repos.createCommitStatus({
      ...at,
      sha: headSha,
      state: 'success',
      context: 'ci',
      target_url: 'https://ci.example.dev',
    });
    const combined = await sample.octokit.rest.repos.getCombinedStatusForRef({ ...at, ref: headSha });
    expect(combined.data).toMatchObject({ state: 'success', total_count: 1 });
    const all = await sample.octokit.rest.repos.listCommitStatusesForRef({ ...at, ref: 'feature' });
    expect(all.data.map(({ state }) => state)).toEqual(['success', 'pending']);
  });
});

describe('what it keeps of it', () => {
  it('logs every request with its operation, and counts them', async () => {
    await sample.appOctokit.rest.apps.getAuthenticated();
    const { requests, judge } = sample.github;
    expect(requests.map(({ operationId }) => operationId)).toContain('checks/update');
    expect(judge.operations.get('checks/create')).toBe(1);
    expect(requests.find(({ operationId }) => operationId === 'apps/get-authenticated')?.caller).toBe('app');
  });
});
