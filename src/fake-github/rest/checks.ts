import { resolveCommit } from '../git/commits.ts';
import { ApiError, validationFailed } from '../http/api-error.ts';
import { bodyOf, created, findIn, type Handler, ok, type Reply, type RepositoryCall } from '../http/call.ts';
import { page } from '../http/page.ts';
import { renderCheckRun, renderCheckSuiteWithRepository } from '../render/check.ts';
import { type Site, timestamp } from '../site.ts';
import type { FakeAnnotation, FakeCheckRun, FakeCheckSuite, FakeRepository } from '../state.ts';
import { emitCheckRun, emitCheckSuite } from '../webhooks/check-events.ts';
import { inRepository } from './in-repository.ts';

export const checkHandlers: Readonly<Record<string, Handler>> = {
  'checks/create': inRepository(createCheckRun),
  'checks/update': inRepository(updateCheckRun),
  'checks/get': inRepository(async (call) =>
    ok(await renderCheckRun(call.site, call.repository, findRun(call))),
  ),
  'checks/list-for-ref': inRepository(async (call) => {
    const sha = await shaOf(call);
    return await listRuns(call, (run) => run.headSha === sha);
  }),
  'checks/list-for-suite': inRepository(async (call) => {
    const suite = findIn(call.repository.checkSuites, call, 'check_suite_id');
    return await listRuns(call, (run) => run.suiteId === suite.id);
  }),
  'checks/list-annotations': inRepository((call) => {
    const run = findRun(call);
    const html = `${call.site.serverUrl}/${call.repository.fullName}/blob/${run.headSha}`;
    return page(call, run.annotations, (shown) => shown.map((item) => renderAnnotation(html, item)));
  }),
  'checks/get-suite': inRepository(async (call) => {
    const suite = findIn(call.repository.checkSuites, call, 'check_suite_id');
    return ok(await renderCheckSuiteWithRepository(call.site, call.repository, suite));
  }),
  'checks/list-suites-for-ref': inRepository(async (call) => {
    const { site, repository } = call;
    const sha = await shaOf(call);
    const suites = [...repository.checkSuites.values()].filter((suite) => suite.headSha === sha);
    const rendered = await Promise.all(
      suites.map((suite) => renderCheckSuiteWithRepository(site, repository, suite)),
    );
    return page(call, rendered, (shown) => ({ total_count: suites.length, check_suites: shown }));
  }),
  'checks/rerequest-run': inRepository(async (call) => {
    const { site, repository } = call;
    await emitCheckRun(site, repository, {
      run: findRun(call),
      action: 'rerequested',
      sender: site.state.app.bot,
    });
    return created({});
  }),
  'checks/rerequest-suite': inRepository(async (call) => {
    const { site, repository } = call;
    const suite = findIn(repository.checkSuites, call, 'check_suite_id');
    await emitCheckSuite(site, repository, { suite, action: 'rerequested', sender: site.state.app.bot });
    return created({});
  }),
};

function findRun(call: RepositoryCall): FakeCheckRun {
  return findIn(call.repository.checkRuns, call, 'check_run_id');
}

async function shaOf({ repository, parameters }: RepositoryCall): Promise<string> {
  const sha = await resolveCommit(repository.gitDir, parameters['ref'] ?? '');
  if (sha === undefined) throw new ApiError(422, `No commit found for SHA: ${parameters['ref']}`);
  return sha;
}

async function listRuns(call: RepositoryCall, isWanted: (run: FakeCheckRun) => boolean): Promise<Reply> {
  const { site, repository, query } = call;
  const [name, status, app] = [query.get('check_name'), query.get('status'), query.get('app_id')];
  const matching = [...repository.checkRuns.values()].filter(
    (run) =>
      isWanted(run) &&
      (name === null || run.name === name) &&
      (status === null || run.status === status) &&
      (app === null || Number(app) === site.state.app.id),
  );
  // `latest`, the default, is the newest of each name.
  const newest = new Map(matching.map((run) => [run.name, run]));
  const runs = query.get('filter') === 'all' ? matching : [...newest.values()];
  runs.sort((a, b) => b.id - a.id);
  const rendered = await Promise.all(runs.map((run) => renderCheckRun(site, repository, run)));
  return page(call, rendered, (shown) => ({ total_count: runs.length, check_runs: shown }));
}

interface CheckRunBody {
  readonly name?: string;
  readonly head_sha: string;
  readonly external_id?: string;
  readonly details_url?: string;
  readonly status?: FakeCheckRun['status'];
  readonly conclusion?: string;
  readonly started_at?: string;
  readonly completed_at?: string;
  readonly output?: {
    readonly title?: string;
    readonly summary?: string;
    readonly text?: string;
    readonly annotations?: readonly FakeAnnotation[];
  };
  readonly actions?: FakeCheckRun['actions'];
}

async function createCheckRun(call: RepositoryCall): Promise<Reply> {
  const { site, repository, caller } = call;
  if (caller.kind !== 'installation') throw new ApiError(403, 'You must authenticate via a GitHub App.');
  const body = bodyOf<CheckRunBody>(call);
  if ((await resolveCommit(repository.gitDir, body.head_sha)) !== body.head_sha) {
    throw new ApiError(422, `No commit found for SHA: ${body.head_sha}`);
  }
  const run: FakeCheckRun = {
    id: site.nextId(),
    suiteId: ensureSuite(site, repository, body.head_sha).id,
    name: body.name ?? '',
    headSha: body.head_sha,
    externalId: '',
    detailsUrl: undefined,
    status: 'queued',
    conclusion: undefined,
    startedAt: timestamp(site.now()),
    completedAt: undefined,
    title: undefined,
    summary: undefined,
    text: undefined,
    annotations: [],
    actions: [],
  };
  apply(site, run, body);
  repository.checkRuns.set(run.id, run);
  await emitCheckRun(site, repository, { run, action: 'created', sender: site.state.app.bot, isLater: true });
  return created(await renderCheckRun(site, repository, run));
}

async function updateCheckRun(call: RepositoryCall): Promise<Reply> {
  const { site, repository, caller } = call;
  if (caller.kind !== 'installation') throw new ApiError(403, 'You must authenticate via a GitHub App.');
  const run = findRun(call);
  const wasCompleted = run.status === 'completed';
  const body = bodyOf<CheckRunBody>(call);
  if (body.output !== undefined && body.output.title === undefined && run.title === undefined) {
    throw validationFailed('CheckRun', 'output.title', "title wasn't supplied.");
  }
  apply(site, run, body);
  if (run.status === 'completed' && !wasCompleted) {
    await emitCheckRun(site, repository, {
      run,
      action: 'completed',
      sender: site.state.app.bot,
      isLater: true,
    });
  }
  return ok(await renderCheckRun(site, repository, run));
}

/** Lays what was sent over the check run. Annotations are added to those that are there; a conclusion completes it. */
function apply(site: Site, run: FakeCheckRun, body: CheckRunBody): void {
  run.name = body.name ?? run.name;
  run.externalId = body.external_id ?? run.externalId;
  run.detailsUrl = body.details_url ?? run.detailsUrl;
  run.startedAt = body.started_at ?? run.startedAt;
  run.title = body.output?.title ?? run.title;
  run.summary = body.output?.summary ?? run.summary;
  run.text = body.output?.text ?? run.text;
  run.annotations.push(...(body.output?.annotations ?? []));
  run.actions = body.actions ?? run.actions;
  run.status = body.conclusion === undefined ? (body.status ?? run.status) : 'completed';
  const isCompleted = run.status === 'completed';
  run.conclusion = isCompleted ? (body.conclusion ?? run.conclusion) : undefined;
  run.completedAt = isCompleted ? (body.completed_at ?? run.completedAt ?? timestamp(site.now())) : undefined;
}

/** The app's check suite of a commit; GitHub makes it with the push. */
export function ensureSuite(site: Site, repository: FakeRepository, headSha: string): FakeCheckSuite {
  const existing = [...repository.checkSuites.values()].find((suite) => suite.headSha === headSha);
  if (existing !== undefined) return existing;
  const now = timestamp(site.now());
  const pull = [...repository.pulls.values()].find((candidate) => candidate.headSha === headSha);
  const headBranch = pull?.headRepository === repository.fullName ? pull.headRef : undefined;
  const suite: FakeCheckSuite = { id: site.nextId(), headSha, headBranch, createdAt: now, updatedAt: now };
  repository.checkSuites.set(suite.id, suite);
  return suite;
}

function renderAnnotation(html: string, annotation: FakeAnnotation) {
  return {
    path: annotation.path,
    blob_href: `${html}/${annotation.path.split('/').map(encodeURIComponent).join('/')}`,
    start_line: annotation.start_line,
    end_line: annotation.end_line,
    start_column: annotation.start_column ?? null,
    end_column: annotation.end_column ?? null,
    annotation_level: annotation.annotation_level,
    title: annotation.title ?? null,
    message: annotation.message,
    raw_details: annotation.raw_details ?? null,
  };
}
