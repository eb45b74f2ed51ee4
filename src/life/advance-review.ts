import type { FileDiff } from '../domain/diff.ts';
import { isOpen, type Ledger, type LedgerEntry } from '../domain/ledger.ts';
import type { ReviewReport } from '../domain/report.ts';
import { omit } from '../lib/omit.ts';
import { hashOf, placeOf } from './code-place.ts';
import { type Advanced, continueEntry, startEntries } from './entries.ts';
import { type Claim, matchFindings } from './match-findings.ts';
import { createFacts, type Facts, isOfReview, type Reading } from './reading.ts';

/** The files whose contents `advanceReview` needs: those with a finding now, and those with one before. */
export function pathsToRead(
  ledger: Ledger,
  report: ReviewReport,
  diff: readonly FileDiff[],
): readonly string[] {
  const byHash = new Map(
    diff.flatMap(({ path, oldPath }) => [path, oldPath]).map((path) => [hashOf(path), path]),
  );
  const remembered = ledger.entries.flatMap(({ path, place }) => [path, byHash.get(place?.path ?? '')]);
  const renamed = diff.filter(({ path, oldPath }) => path !== oldPath && remembered.includes(oldPath));
  const found = report.findings.map(({ location }) => location?.path);
  const paths = [...remembered, ...renamed.map(({ path }) => path), ...found];
  return [...new Set(paths.filter((path) => path !== undefined))];
}

/**
 * Goes from one head to the next: says which findings are known, which are new, which are back, and which are fixed.
 *
 * Fixed is only what was read again by a reviewer that finished, and whose code changed. Applied twice to the same
 * reading, it changes nothing the second time.
 */
export function advanceReview(ledger: Ledger, reading: Reading): Advanced {
  const { report, head } = reading;
  const facts = createFacts(ledger, reading);
  const claims = report.findings.map((finding): Claim => {
    const place = placeOf(finding, facts.textFor(finding));
    return place === undefined ? { finding } : { finding, place };
  });
  const entries = ledger.entries.filter(isOfReview);
  const matches = matchFindings(claims, entries, facts);
  const isHeld = ({ finding }: Claim, index: number): boolean =>
    !matches.has(index) && finding.evidence === 'argued' && facts.wasReadBefore(finding);
  const held = claims.filter(isHeld).map(({ finding }) => finding);

  const claimOf = new Map([...matches].map(([index, entry]) => [entry, claims[index]]));
  const settled = ledger.entries.map((entry) => {
    const claim = claimOf.get(entry);
    if (claim !== undefined)
      return continueEntry(entry, claim, { head, isCodeKept: facts.isCodeKept(entry, claim) });
    return isOfReview(entry) ? settle(entry, facts) : entry;
  });
  const fresh = claims.filter((claim, index) => !matches.has(index) && !held.includes(claim.finding));
  const started = startEntries(settled, fresh, head);
  const ids = new Map(claims.map(({ finding }, index) => [finding, matches.get(index)?.id]));
  for (const [finding, id] of started.ids) ids.set(finding, id);
  return {
    ledger: { ...ledger, entries: [...settled, ...started.entries], readings: facts.readings },
    idOf: (finding) => ids.get(finding),
    held,
  };
}

/** What becomes of a finding that was not found this time. Whatever is not certain leaves it as it is. */
function settle(entry: LedgerEntry, facts: Facts): LedgerEntry {
  // A thread that a person resolved because they fixed what it says is fixed all the same.
  if (!isOpen(entry) && entry.dismissal?.how !== 'thread') return entry;
  const path = facts.pathOf(entry);
  if (path === undefined && entry.place === undefined && entry.evidence === 'checked') {
    // It never was about code, but about a title or a name: looked at again, it is gone.
    return facts.wasReadAgain(entry) ? fixed(entry, facts.head) : entry;
  }
  if (path === undefined || entry.place === undefined || !facts.wasReadAgain(entry, path)) return entry;
  const code = facts.codeAt(path);
  if (entry.side !== 'LEFT' && code?.holds(entry.place) !== true) {
    return code === undefined && !facts.isAllRead ? entry : fixed(entry, facts.head);
  }
  return isOpen(entry) ? settleKept(entry, path, facts) : entry;
}

/** The same of a finding whose code is still there. */
function settleKept(entry: LedgerEntry, path: string, facts: Facts): LedgerEntry {
  const { place, evidence, side } = entry;
  const [code, shown] = [facts.codeAt(path), facts.inDiff(path, { isAroundEnough: evidence === 'argued' })];
  if (side === 'LEFT' && shown === undefined) return fixed(entry, facts.head);
  if (place === undefined || shown === undefined || (side !== 'LEFT' && !shown.holds(place))) {
    return { ...entry, state: 'outdated' };
  }
  if (facts.isHidden(entry)) return entry;
  if (evidence === 'argued') {
    // Models miss things: only where the code around it changed, silence says that it is fixed.
    return code?.holdsBlock(place) === false ? fixed(entry, facts.head) : entry;
  }
  const before = facts.previous(entry);
  const isFileChanged = side !== 'LEFT' && code?.hash !== place.file;
  if (before === undefined) return isFileChanged ? fixed(entry, facts.head) : entry;
  const hasChanged = isFileChanged || !before.isSameDiff;
  return hasChanged && before.isSameEngine ? fixed(entry, facts.head) : { ...entry, state: 'outdated' };
}

function fixed(entry: LedgerEntry, head: string): LedgerEntry {
  return { ...omit(entry, 'dismissal'), state: 'fixed', fixedIn: head };
}
