import type { Command } from '../domain/commands.ts';
import type { Finding } from '../domain/finding.ts';
import type { VerifyReport } from '../domain/report.ts';
import { approve, isApprovable } from '../life/approve.ts';
import {
  renderApproval,
  renderNothingToApprove,
  type Unapproved,
} from '../report/render-approval-answers.ts';
import { CHECK_NAMES } from '../report/render-check-run.ts';
import { uniqueFindings } from '../report/select-findings.ts';
import { checkId } from './end-abandoned-checks.ts';
import type { JobPorts } from './job-ports.ts';
import type { JobContext } from './ports.ts';
import { contentOfPreviewCheck, writeSteadily } from './preview-check.ts';
import type { PullLife } from './pull-life.ts';
import { keepForBranch } from './remember-approvals.ts';
import { repositoryAddress } from './run-session.ts';
import { shownPreview } from './shown-report.ts';

type Asked = Pick<Command & { readonly kind: 'approve' }, 'numbers' | 'ids'>;

/** Every visual change that is shown. */
export const ALL: Asked = { numbers: [], ids: [] };

interface Options {
  readonly life: PullLife;
  readonly by: string;
  readonly ports: JobPorts;
  readonly context: JobContext;
}

/**
 * Accepts visual changes as they look on the commit that the summary tells about, and shows it in the summary and the
 * check run at once. Returns what to answer; undefined when all that was asked for is done, and there is no more to say.
 *
 * Doing it again changes nothing. No approval covers a finding about behaviour: the answer says so.
 */
export async function approveVisual(asked: Asked, options: Options): Promise<string | undefined> {
  const { life, by, ports, context } = options;
  const head = life.summary?.head ?? life.pull.headSha;
  const { verify } = await ports.store.reports.load(life.pull, head);
  if (verify === undefined)
    return renderNothingToApprove('the preview of this commit has not been tried yet');
  const { chosen, left } = choose(asked, verify, life);
  if (chosen.length > 0) {
    await life.ledger.change((before) => approve(before, chosen, by));
    if (life.pull.isMerged) await keepForBranch(life.pull, life.ledger.current(), ports);
  }
  await life.refreshSummary();
  await refreshCheck(verify, head, { life, ports, context });
  return renderApproval(chosen.length, left);
}

/** What is meant of the visual changes, those that are approved already among them, and what cannot be approved. */
function choose(
  { numbers, ids }: Asked,
  report: VerifyReport,
  { ledger }: PullLife,
): { readonly chosen: readonly Finding[]; readonly left: Unapproved } {
  const { entries } = ledger.current();
  const shown = shownPreview(report, ledger.current());
  const open = uniqueFindings(shown.findings);
  if (numbers.length + ids.length === 0) {
    return {
      chosen: open.filter(isApprovable),
      left: { unknown: [], behaviour: open.filter((one) => !isApprovable(one)) },
    };
  }
  const known = [...open, ...shown.changes.filter(({ approved }) => approved !== undefined)];
  const chosen = new Set<Finding>();
  const behaviour = new Set<Finding>();
  const unknown: string[] = [];
  const take = (word: string, found: readonly Finding[]): void => {
    const [one, ...others] = found;
    if (one === undefined || others.length > 0) unknown.push(word);
    else (isApprovable(one) ? chosen : behaviour).add(one);
  };
  for (const number of numbers) {
    const entry = entries.find((one) => one.number === number);
    take(
      String(number),
      known.filter(({ id }) => id === entry?.id),
    );
  }
  for (const id of ids) {
    take(
      id,
      known.filter((one) => one.id.startsWith(id)),
    );
  }
  return { chosen: [...chosen], left: { unknown, behaviour: [...behaviour] } };
}

/** The run that is under way writes its own check run, at its end. */
async function refreshCheck(
  report: VerifyReport,
  headSha: string,
  { life, ports, context }: Omit<Options, 'by'>,
): Promise<void> {
  const { pull, installation, ledger, summary } = life;
  if (summary?.preview?.kind === 'running') return;
  const runId = summary?.preview?.kind === 'done' ? summary.preview.runId : undefined;
  const repositoryUrl = repositoryAddress(ports.webUrl, pull);
  const artifacts = runId === undefined ? undefined : ports.store.artifacts(runId);
  const identity = { name: CHECK_NAMES.preview, headSha, externalId: checkId(pull, runId ?? context.id) };
  const about = { pull: { ...pull, headSha }, repositoryUrl, ledger, artifacts };
  await writeSteadily(ledger, async () => {
    const content = await contentOfPreviewCheck(report, about);
    await installation.putCheckRun(pull, { ...identity, ...content }, context.signal);
  });
}
