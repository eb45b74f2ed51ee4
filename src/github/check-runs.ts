import type { Installation } from '../jobs/ports.ts';
import { invariant } from '../lib/invariant.ts';
import type { Annotation, CheckRun } from '../report/ports.ts';
import type { AppIdentity } from './app-identity.ts';
import { type GitHubClient, type Input, listPages } from './github-client.ts';

/** GitHub's limits: docs.github.com/rest/checks/runs. */
const MAX_ANNOTATIONS_PER_REQUEST = 50;
const MAX_ACTIONS = 3;
const MAX_LABEL_LENGTH = 20;
const MAX_DESCRIPTION_LENGTH = 40;
const MAX_IDENTIFIER_LENGTH = 20;
const MAX_TEXT_LENGTH = 65_535;

export function createCheckRuns(
  client: GitHubClient,
  identify: () => Promise<AppIdentity>,
): Pick<Installation, 'putCheckRun' | 'listUnfinishedChecks'> {
  return {
    async putCheckRun({ owner, repo }, check, signal) {
      assertWithinLimits(check);
      const app = await identify();
      const lookup = { owner, repo, ref: check.headSha, check_name: check.name, app_id: app.id };
      const existing = await listChecks(client, { lookup, expected: [] }, signal);
      const found = existing?.find((candidate) => candidate.external_id === check.externalId);

      // Annotations are only ever added, so those of an attempt that broke off are not sent again.
      const batches = inBatches(check.annotations.slice(found?.output.annotations_count ?? 0));
      const [first = [], ...others] = batches;
      const fields = { owner, repo, ...toFields(check, first) };
      const id =
        found === undefined
          ? (await client.call('checks.create', { ...fields, head_sha: check.headSha }, signal)).id
          : (await client.call('checks.update', { ...fields, check_run_id: found.id }, signal)).id;
      for (const batch of others) {
        const output = toOutput(check, batch);
        await client.call('checks.update', { owner, repo, check_run_id: id, output }, signal);
      }
    },
    async listUnfinishedChecks({ owner, repo }, headSha, signal) {
      const app = await identify();
      const lookup = { owner, repo, ref: headSha, app_id: app.id };
      // A commit that nobody can reach any more after a force-push.
      const expected = [404, 422];
      const checks = (await listChecks(client, { lookup, expected }, signal)) ?? [];
      return checks.flatMap(({ name, external_id, status }) =>
        status === 'completed' || external_id === null ? [] : [{ name, externalId: external_id }],
      );
    },
  };
}

/** All of them, not the latest of each name: the run that is looked for may be older than the one that replaced it. */
function listChecks(
  client: GitHubClient,
  { lookup, expected }: { readonly lookup: Input<'checks.listForRef'>; readonly expected: readonly number[] },
  signal: AbortSignal,
) {
  return listPages(async (page) => {
    const reply = await client.tryCall(
      'checks.listForRef',
      { ...lookup, filter: 'all', ...page },
      expected,
      signal,
    );
    return reply.kind === 'ok' ? { ...reply, data: reply.data.check_runs } : reply;
  });
}

function toFields(check: CheckRun, annotations: readonly Annotation[]) {
  return {
    name: check.name,
    external_id: check.externalId,
    ...toState(check),
    output: toOutput(check, annotations),
    actions: check.actions.map(({ label, description, identifier }) => ({ label, description, identifier })),
  };
}

function toState({ status, conclusion }: CheckRun) {
  if (status !== 'completed') return { status };
  invariant(conclusion !== undefined, 'a completed check run has a conclusion');
  return { status, conclusion };
}

function toOutput(
  check: CheckRun,
  annotations: readonly Annotation[],
): NonNullable<Input<'checks.create'>['output']> {
  return {
    title: check.title,
    summary: check.summary,
    ...(check.text === undefined ? {} : { text: check.text }),
    annotations: annotations.map((annotation) => ({
      path: annotation.path,
      start_line: annotation.startLine,
      end_line: annotation.endLine,
      annotation_level: annotation.level,
      title: annotation.title,
      message: annotation.message,
    })),
  };
}

function inBatches(annotations: readonly Annotation[]): (readonly Annotation[])[] {
  const batches: (readonly Annotation[])[] = [];
  for (let start = 0; start < annotations.length; start += MAX_ANNOTATIONS_PER_REQUEST) {
    batches.push(annotations.slice(start, start + MAX_ANNOTATIONS_PER_REQUEST));
  }
  return batches;
}

function assertWithinLimits(check: CheckRun): void {
  const isCompleted = check.status === 'completed';
  invariant(
    isCompleted === (check.conclusion !== undefined),
    'a completed check run has a conclusion, no other has',
  );
  invariant(check.summary.length <= MAX_TEXT_LENGTH, 'the summary of a check run fits');
  invariant((check.text ?? '').length <= MAX_TEXT_LENGTH, 'the text of a check run fits');
  invariant(check.actions.length <= MAX_ACTIONS, 'a check run has at most three buttons');
  for (const { label, description, identifier } of check.actions) {
    invariant(label.length <= MAX_LABEL_LENGTH, `the label “${label}” fits its button`);
    invariant(description.length <= MAX_DESCRIPTION_LENGTH, `the description of “${label}” fits`);
    invariant(identifier.length <= MAX_IDENTIFIER_LENGTH, `the identifier of “${label}” fits`);
  }
}
