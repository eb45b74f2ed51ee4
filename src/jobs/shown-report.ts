import type { Finding } from '../domain/finding.ts';
import type { Ledger } from '../domain/ledger.ts';
import type { ReviewReport, VerifyReport } from '../domain/report.ts';
import { withApproved } from '../life/approve.ts';
import type { Advanced } from '../life/entries.ts';

const HELD =
  'argued only now, by what had read the same diff whole before and not said it: the same code gets no new findings';

/** The review with the ids of the ledger; what is held back is named as not shown. */
export function withLedgerIds(report: ReviewReport, advanced: Advanced): ReviewReport {
  const held = advanced.held.map(({ id }) => ({ finding: id, reason: HELD }));
  return {
    ...report,
    findings: renamed(report.findings, advanced),
    notShown: [...report.notShown, ...held],
  };
}

/** The verification with the ids of the ledger. */
export function withPreviewIds(report: VerifyReport, advanced: Advanced): VerifyReport {
  return { ...report, findings: renamed(report.findings, advanced) };
}

function renamed(findings: readonly Finding[], advanced: Advanced): Finding[] {
  return findings.flatMap((finding) => {
    const id = advanced.idOf(finding);
    return id === undefined ? [] : [{ ...finding, id }];
  });
}

/** The report without what somebody dismissed. */
export function withoutDismissed<Report extends ReviewReport | VerifyReport>(
  report: Report,
  { entries }: Ledger,
): Report {
  const dismissed = new Set(entries.filter(({ state }) => state === 'dismissed').map(({ id }) => id));
  return { ...report, findings: report.findings.filter(({ id }) => !dismissed.has(id)) };
}

/** The verification without what somebody dismissed, and with what somebody approved among its changes. */
export function shownPreview(report: VerifyReport, ledger: Ledger): VerifyReport {
  return withApproved(withoutDismissed(report, ledger), ledger);
}
