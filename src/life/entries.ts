import type { Finding } from '../domain/finding.ts';
import { fingerprint } from '../domain/fingerprint.ts';
import type { Ledger, LedgerEntry } from '../domain/ledger.ts';
import { omit } from '../lib/omit.ts';
import type { Claim } from './match-findings.ts';

/** The ledger after a run, and what the run's findings are called in it. */
export interface Advanced {
  readonly ledger: Ledger;
  /** The id of the finding's entry; none for one that is held back. */
  idOf(finding: Finding): string | undefined;
  /** What a model said only now of code that it had read whole before, without saying it. */
  readonly held: readonly Finding[];
}

/** The entry of a finding that was found again. */
export function continueEntry(
  entry: LedgerEntry,
  claim: Claim,
  { head, isCodeKept }: { readonly head: string; readonly isCodeKept: boolean },
): LedgerEntry {
  const next = { ...entry, ...describe(claim, head) };
  switch (entry.state) {
    case 'open':
    case 'regressed':
      return next;
    case 'disputed':
      return isCodeKept ? next : { ...next, state: 'open' };
    case 'fixed':
      return said({ ...next, state: 'regressed' });
    case 'outdated':
      return entry.isClosed === true ? said({ ...next, state: 'open' }) : { ...next, state: 'open' };
    case 'approved':
      // What it looks like is not what was accepted.
      return said({ ...omit(next, 'approval'), state: 'open' });
    case 'dismissed':
      return isCodeKept && !saysMore(entry, claim.finding) ? next : reopened(next);
  }
}

/** To be said again: its thread, if it had one, is over. */
function said(entry: LedgerEntry): LedgerEntry {
  return { ...omit(entry, 'isClosed', 'commentId'), said: 'no' };
}

/** The same entry as it was before somebody dismissed it, to be said again. */
function reopened(entry: LedgerEntry): LedgerEntry {
  return said({ ...omit(entry, 'dismissal'), state: 'open' });
}

/** Whether a finding that stands for several stands for one that nobody has dismissed. */
function saysMore(entry: LedgerEntry, finding: Finding): boolean {
  const before = new Set([entry.seenAs, entry.id, ...(entry.includes ?? [])]);
  return finding.includes?.some((id) => !before.has(id)) === true;
}

/** Entries for findings that nobody has seen before. */
export function startEntries(
  known: readonly LedgerEntry[],
  claims: readonly Claim[],
  head: string,
): { readonly entries: readonly LedgerEntry[]; readonly ids: ReadonlyMap<Finding, string> } {
  const taken = new Set(known.map(({ id }) => id));
  const ids = new Map<Finding, string>();
  const entries = claims.map((claim): LedgerEntry => {
    const id = freeId(claim.finding.id, taken);
    taken.add(id);
    ids.set(claim.finding, id);
    return { id, state: 'open', firstSeen: head, said: 'no', ...describe(claim, head) };
  });
  return { entries, ids };
}

/** The reviewer's own id, unless another finding goes by it: equal lines are counted anew by each run. */
function freeId(wanted: string, taken: ReadonlySet<string>): string {
  for (let number = 0; ; number += 1) {
    const id = number === 0 ? wanted : fingerprint(wanted, number);
    if (!taken.has(id)) return id;
  }
}

function describe({ finding, place }: Claim, head: string) {
  const { id, category, severity, evidence, title, source, location, includes } = finding;
  return {
    seenAs: id,
    category,
    severity,
    evidence,
    title,
    source,
    lastSeen: head,
    ...(location === undefined ? {} : { path: location.path }),
    ...(location?.side === 'LEFT' ? { side: 'LEFT' as const } : {}),
    ...(place === undefined ? {} : { place }),
    ...(includes === undefined ? {} : { includes }),
  };
}
