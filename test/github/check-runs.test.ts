import { afterEach, describe, expect, it } from 'vitest';
import type { CheckRun } from '../../src/report/ports.ts';
import {
  API_URL,
  APP,
  allowTokens,
  api,
  finishNock,
  nameApp,
  openNockInstallation,
  REPO_PATH,
  REPOSITORY,
} from '../support/nock-installation.ts';

afterEach(finishNock);

const { signal } = new AbortController();
const HEAD = 'a'.repeat(40);
const LOOKUP = { check_name: 'Firsthand: review', app_id: APP.id, filter: 'all', per_page: 100 };

const check: CheckRun = {
  name: 'Firsthand: review',
  headSha: HEAD,
  externalId: 'run-1',
  status: 'completed',
  conclusion: 'neutral',
  title: 'Two findings',
  summary: 'All of it.',
  annotations: [],
  actions: [{ label: 'Run again', description: 'Review this commit again', identifier: 'rerun' }],
};

const annotations = (count: number): CheckRun['annotations'] =>
  Array.from({ length: count }, (_, index) => ({
    path: 'a.ts',
    startLine: index + 1,
    endLine: index + 2,
    level: 'warning',
    title: `Finding ${index}`,
    message: 'why',
  }));

function listRuns(runs: readonly object[], page = 1, headers: Record<string, string> = {}) {
  return api()
    .get(`${REPO_PATH}/commits/${HEAD}/check-runs`)
    .query({ ...LOOKUP, page })
    .reply(200, { total_count: runs.length, check_runs: runs }, headers);
}

describe('listUnfinishedChecks', () => {
  const list = (page: number) =>
    api()
      .get(`${REPO_PATH}/commits/${HEAD}/check-runs`)
      .query({ app_id: APP.id, filter: 'all', per_page: 100, page });

  it('names ours that are queued or in progress, from all pages', async () => {
    allowTokens();
    nameApp();
    const run = (status: string, external_id: string | null) => ({ name: 'n', status, external_id });
    list(1).reply(
      200,
      { check_runs: [run('completed', 'a'), run('queued', 'b'), run('queued', null)] },
      { link: `<${API_URL}/next>; rel="next"` },
    );
    list(2).reply(200, { check_runs: [run('in_progress', 'c')] });
    const { installation } = await openNockInstallation();
    const unfinished = await installation.listUnfinishedChecks(REPOSITORY, HEAD, signal);
    expect(unfinished.map(({ externalId }) => externalId)).toEqual(['b', 'c']);
  });

  it('names none on a commit that is gone', async () => {
    allowTokens();
    nameApp();
    list(1).reply(422, { message: 'No commit found for SHA' });
    const { installation } = await openNockInstallation();
    expect(await installation.listUnfinishedChecks(REPOSITORY, HEAD, signal)).toEqual([]);
  });
});

describe('putCheckRun', () => {
  it('creates the check run when there is none with its external id', async () => {
    allowTokens();
    nameApp();
    listRuns([{ id: 1, external_id: 'another run', output: { annotations_count: 0 } }]);
    api()
      .post(`${REPO_PATH}/check-runs`, {
        name: 'Firsthand: review',
        head_sha: HEAD,
        external_id: 'run-1',
        status: 'completed',
        conclusion: 'neutral',
        output: { title: 'Two findings', summary: 'All of it.', annotations: [] },
        actions: [{ label: 'Run again', description: 'Review this commit again', identifier: 'rerun' }],
      })
      .reply(201, { id: 8 });
    const { installation } = await openNockInstallation();
    await expect(installation.putCheckRun(REPOSITORY, check, signal)).resolves.toBeUndefined();
  });

  it('updates the one that it made before, even when that is on page two', async () => {
    allowTokens();
    nameApp();
    listRuns([{ id: 1, external_id: 'x', output: { annotations_count: 0 } }], 1, {
      link: `<${API_URL}/next>; rel="next"`,
    });
    listRuns([{ id: 2, external_id: 'run-1', output: { annotations_count: 0 } }], 2);
    api()
      .patch(`${REPO_PATH}/check-runs/2`, (body) => body.status === 'in_progress' && !('conclusion' in body))
      .reply(200, { id: 2 });
    const { installation } = await openNockInstallation();
    const { conclusion: _, ...running } = { ...check, status: 'in_progress' as const };
    await expect(installation.putCheckRun(REPOSITORY, running, signal)).resolves.toBeUndefined();
  });

  it('sends annotations in batches of fifty, none lost', async () => {
    allowTokens();
    nameApp();
    listRuns([]);
    const titles: string[] = [];
    const sizes: number[] = [];
    const keep = (body: { output: { annotations: { title: string }[] } }): boolean => {
      sizes.push(body.output.annotations.length);
      titles.push(...body.output.annotations.map(({ title }) => title));
      return true;
    };
    api().post(`${REPO_PATH}/check-runs`, keep).reply(201, { id: 8 });
    api().patch(`${REPO_PATH}/check-runs/8`, keep).twice().reply(200, { id: 8 });
    const { installation } = await openNockInstallation();
    await installation.putCheckRun(REPOSITORY, { ...check, annotations: annotations(120) }, signal);
    expect(sizes).toEqual([50, 50, 20]);
    expect(titles).toEqual(Array.from({ length: 120 }, (_, index) => `Finding ${index}`));
  });

  it('does not repeat the annotations of an attempt that broke off', async () => {
    allowTokens();
    nameApp();
    listRuns([{ id: 2, external_id: 'run-1', output: { annotations_count: 50 } }]);
    api()
      .patch(`${REPO_PATH}/check-runs/2`, (body) => body.output.annotations.length === 10)
      .reply(200, { id: 2 });
    const { installation } = await openNockInstallation();
    await expect(
      installation.putCheckRun(REPOSITORY, { ...check, annotations: annotations(60) }, signal),
    ).resolves.toBeUndefined();
  });

  it.each<[string, Partial<CheckRun>]>([
    ['a long label', { actions: [{ label: 'x'.repeat(21), description: '', identifier: 'a' }] }],
    ['a long description', { actions: [{ label: 'x', description: 'x'.repeat(41), identifier: 'a' }] }],
    ['a long identifier', { actions: [{ label: 'x', description: '', identifier: 'x'.repeat(21) }] }],
    [
      'four buttons',
      { actions: Array.from({ length: 4 }, () => ({ label: 'x', description: '', identifier: 'x' })) },
    ],
    ['a summary over the limit', { summary: 'x'.repeat(65_536) }],
    ['a conclusion while it runs', { status: 'in_progress' }],
  ])('breaks an invariant on %s, before any call', async (_, fields) => {
    const { installation } = await openNockInstallation();
    const put = installation.putCheckRun(REPOSITORY, { ...check, ...fields }, signal);
    await expect(put).rejects.toThrow(/invariant broken/);
  });
});
