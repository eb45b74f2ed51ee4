import { type Approval, type Approver, findApprover, joinApprovals } from '../domain/approval.ts';
import type { Finding } from '../domain/finding.ts';
import type { Ledger, LedgerEntry } from '../domain/ledger.ts';
import type { VerifyReport } from '../domain/report.ts';
import { omit } from '../lib/omit.ts';

/** Whether people may approve it: a visual change, told with all that it looks like. */
export function isApprovable({ category, looks }: Pick<Finding, 'category' | 'looks'>): boolean {
  return category === 'visual' && looks !== undefined && looks.length > 0;
}

/** Notes that somebody accepted how the findings look; what cannot be approved is left as it is. */
export function approve(ledger: Ledger, findings: readonly Finding[], by: string): Ledger {
  const approvals = findings
    .filter(isApprovable)
    .flatMap(({ looks = [] }) => looks.map((look): Approval => ({ ...look, by })));
  const known = { ...ledger, approvals: joinApprovals(ledger.approvals, approvals) };
  return markApproved(known, findings);
}

/** Takes over what was accepted on earlier pull requests to the same branch, as far as this report shows it. */
export function adoptApprovals(
  ledger: Ledger,
  { findings }: Pick<VerifyReport, 'findings'>,
  ofBranch: readonly Approval[],
): Ledger {
  // Nobody's word here counts for less than an older one elsewhere.
  const open = findings.filter(
    (one) => isApprovable(one) && findApprover(one, ledger.approvals) === undefined,
  );
  const shown = open.flatMap(({ looks = [] }) => looks);
  const fitting = ofBranch.filter((approval) =>
    shown.some((look) => findApprover({ looks: [look] }, [approval]) !== undefined),
  );
  return fitting.length === 0 ? ledger : { ...ledger, approvals: joinApprovals(ledger.approvals, fitting) };
}

/** Who accepted the finding, as the ledger knows; undefined for whatever is no visual change. */
export function approverOf(finding: Finding, { approvals }: Pick<Ledger, 'approvals'>): Approver | undefined {
  return isApprovable(finding) ? findApprover(finding, approvals) : undefined;
}

/** The report with what was approved among its changes, told with who approved it. */
export function withApproved(report: VerifyReport, ledger: Pick<Ledger, 'approvals'>): VerifyReport {
  const findings: Finding[] = [];
  const approved: Finding[] = [];
  for (const finding of report.findings) {
    const approver = approverOf(finding, ledger);
    if (approver === undefined) findings.push(finding);
    else approved.push({ ...finding, approved: approver });
  }
  return approved.length === 0 ? report : { ...report, findings, changes: [...approved, ...report.changes] };
}

/** Sets the entries of findings that are approved by now. */
export function markApproved(ledger: Ledger, findings: readonly Finding[]): Ledger {
  const approvers = new Map(
    findings.flatMap((finding) => {
      const approver = approverOf(finding, ledger);
      return approver === undefined ? [] : [[finding.id, approver] as const];
    }),
  );
  if (approvers.size === 0) return ledger;
  const entries = ledger.entries.map((entry): LedgerEntry => {
    const approval = approvers.get(entry.id);
    return approval === undefined || entry.state === 'dismissed'
      ? entry
      : { ...omit(entry, 'fixedIn'), state: 'approved', approval };
  });
  return { ...ledger, entries };
}

/** Numbers the visual changes by which people name them: the same for good, so that `/approve 2` means what was read. */
export function numberVisual(ledger: Ledger, findings: readonly Finding[]): Ledger {
  const ids = new Set(findings.filter(isApprovable).map(({ id }) => id));
  let last = Math.max(0, ...ledger.entries.map(({ number = 0 }) => number));
  const entries = ledger.entries.map((entry) => {
    if (!ids.has(entry.id) || entry.number !== undefined) return entry;
    last += 1;
    return { ...entry, number: last };
  });
  return { ...ledger, entries };
}
