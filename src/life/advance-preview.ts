import { type Finding, VERIFY_CATEGORIES } from '../domain/finding.ts';
import { isOpen, type Ledger, type LedgerEntry } from '../domain/ledger.ts';
import type { VerifyReport } from '../domain/report.ts';
import { markApproved, numberVisual } from './approve.ts';
import { type Advanced, continueEntry, startEntries } from './entries.ts';
import { matchFindings } from './match-findings.ts';

/**
 * Goes from one preview to the next, as `advanceReview` goes from one diff to the next. The findings of `report`, which
 * tried the preview of `head`, are known by what differs, so their own ids tell them apart.
 *
 * Fixed is only what another commit no longer shows, where the preview was verified whole and the page or the flows that
 * showed it were tried again. Approved is what looks as somebody accepted; what looks otherwise is open again.
 */
export function advancePreview(ledger: Ledger, report: VerifyReport, head: string): Advanced {
  const claims = report.findings.map((finding) => ({ finding }));
  const matches = matchFindings(claims, ledger.entries.filter(isOfPreview), {
    renamed: new Map(),
    isGone: () => false,
  });
  const claimOf = new Map([...matches].map(([index, entry]) => [entry, claims[index]]));
  const settled = ledger.entries.map((entry) => {
    const claim = claimOf.get(entry);
    if (claim !== undefined) {
      return withTrial(continueEntry(entry, claim, { head, isCodeKept: true }), claim.finding, report);
    }
    return isOfPreview(entry) ? settle(entry, report, head) : entry;
  });
  const fresh = claims.filter((_, index) => !matches.has(index));
  const started = startEntries(settled, fresh, head);
  const entries = started.entries.map((entry, index) => withTrial(entry, fresh[index]?.finding, report));
  const ids = new Map(claims.map(({ finding }, index) => [finding, matches.get(index)?.id]));
  for (const [finding, id] of started.ids) ids.set(finding, id);
  const shown = report.findings.map((finding) => ({ ...finding, id: ids.get(finding) ?? finding.id }));
  return {
    ledger: numberVisual(markApproved({ ...ledger, entries: [...settled, ...entries] }, shown), shown),
    idOf: (finding) => ids.get(finding),
    held: [],
  };
}

function isOfPreview({ category }: Pick<Finding, 'category'>): boolean {
  return VERIFY_CATEGORIES.some((known) => known === category);
}

/** A page must be compared again, and for what takes more than opening it, the same flows driven. */
function withTrial(entry: LedgerEntry, finding: Finding | undefined, report: VerifyReport): LedgerEntry {
  const path = URL.parse(finding?.url ?? '')?.pathname;
  const isOpening = finding?.steps?.every((step) => 'goto' in step) === true;
  if (isOpening && path !== undefined) return { ...entry, tried: { kind: 'page', path } };
  const names = drivenFlows(report);
  return { ...entry, tried: { kind: 'flows', names } };
}

function settle(entry: LedgerEntry, report: VerifyReport, head: string): LedgerEntry {
  if (!isOpen(entry) || report.outcome.kind !== 'verified' || report.base === undefined) return entry;
  if (report.preExisting.some(({ id }) => id === entry.seenAs)) return { ...entry, state: 'outdated' };
  // The same commit may show it once and not again; that is no fix.
  if (entry.lastSeen === head || !wasTriedAgain(entry, report)) return entry;
  return { ...entry, state: 'fixed', fixedIn: head };
}

function wasTriedAgain({ tried }: LedgerEntry, report: VerifyReport): boolean {
  if (tried === undefined) return false;
  if (tried.kind === 'page') return report.coverage.pages.includes(tried.path);
  const driven = drivenFlows(report);
  return tried.names.every((name) => driven.includes(name));
}

function drivenFlows({ flows }: VerifyReport): readonly string[] {
  return flows
    .filter(({ status }) => status !== 'could-not-run')
    .map(({ viewport, name }) => `${viewport} ${name}`);
}
