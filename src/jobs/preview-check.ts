import type { PullRequest } from '../domain/pull-request.ts';
import type { VerifyReport } from '../domain/report.ts';
import { isOfReview } from '../life/reading.ts';
import { type CheckContent, renderPreviewCheck } from '../report/render-check-run.ts';
import { openBefore } from '../report/render-life.ts';
import { visualNumbers } from '../report/visual-numbers.ts';
import type { LedgerKeeper } from './ledger-keeper.ts';
import type { RunArtifacts } from './ports.ts';
import { shownPreview } from './shown-report.ts';

/** How often what is shown is written again because somebody changed the ledger meanwhile. */
const MAX_TIMES = 4;

/** What the check run of a preview says, as the ledger stands. `artifacts` has the tests of its run. */
export async function contentOfPreviewCheck(
  report: VerifyReport,
  options: {
    readonly pull: PullRequest;
    readonly repositoryUrl: string;
    readonly ledger: LedgerKeeper;
    readonly artifacts: RunArtifacts | undefined;
  },
): Promise<CheckContent> {
  const { pull, repositoryUrl, ledger, artifacts } = options;
  const { entries } = ledger.current();
  const shown = shownPreview(report, ledger.current());
  const witnesses = artifacts === undefined ? new Map() : await readWitnesses(shown, artifacts);
  const known = entries.filter((entry) => !isOfReview(entry));
  const earlier = openBefore(known, shown.findings);
  const { headSha } = pull;
  const numbers = visualNumbers(entries);
  return renderPreviewCheck(shown, { headSha, repositoryUrl, witnesses, earlier, numbers });
}

/**
 * Writes what is made of the ledger, again when somebody changed it meanwhile: whoever writes last has seen every
 * change, however many write at once.
 */
export async function writeSteadily(ledger: LedgerKeeper, write: () => Promise<void>): Promise<void> {
  await ledger.refresh();
  for (let time = 1; time <= MAX_TIMES; time += 1) {
    const { revision } = ledger.current();
    await write();
    if ((await ledger.refresh()).revision === revision) return;
  }
}

async function readWitnesses(
  report: VerifyReport,
  artifacts: RunArtifacts,
): Promise<ReadonlyMap<string, string>> {
  const witnesses = new Map<string, string>();
  for (const { witness } of report.findings) {
    const bytes = witness === undefined ? undefined : await artifacts.read(witness);
    if (witness !== undefined && bytes !== undefined) witnesses.set(witness, new TextDecoder().decode(bytes));
  }
  return witnesses;
}
