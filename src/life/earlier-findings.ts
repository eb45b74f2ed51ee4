import type { EarlierFinding } from '../domain/earlier-finding.ts';
import type { Finding } from '../domain/finding.ts';
import { isOpen, type Ledger, type LedgerEntry } from '../domain/ledger.ts';
import { type CodeText, readCode } from './code-place.ts';

/** The open findings that a model argued, of code that the head may still have; by the head at which each was seen last. */
export function earlierEntries({ entries }: Ledger): readonly LedgerEntry[] {
  return entries.filter(
    (entry) =>
      isOpen(entry) && entry.evidence === 'argued' && entry.side !== 'LEFT' && entry.path !== undefined,
  );
}

/**
 * Says of each finding that was told on an earlier head what became of its code. `findings` are by the ledger's ids,
 * `files` the texts at the head; what neither has is left out.
 */
export function findEarlier(
  entries: readonly LedgerEntry[],
  findings: ReadonlyMap<string, Finding>,
  files: ReadonlyMap<string, string>,
): readonly EarlierFinding[] {
  const codes = new Map([...files].map(([path, text]) => [path, readCode(text)]));
  return entries.flatMap((entry): EarlierFinding[] => {
    const finding = findings.get(entry.id);
    const code = codes.get(entry.path ?? '');
    return finding?.location === undefined || code === undefined || entry.place === undefined
      ? []
      : [place(finding, finding.location, entry.place, code)];
  });
}

function place(
  finding: Finding,
  location: NonNullable<Finding['location']>,
  of: NonNullable<LedgerEntry['place']>,
  code: CodeText,
): EarlierFinding {
  const nearest = [...code.rangesOf(of)].sort(
    (a, b) => Math.abs(a.startLine - location.startLine) - Math.abs(b.startLine - location.startLine),
  )[0];
  if (nearest === undefined) return { finding, code: 'gone' };
  const moved = { ...finding, location: { ...location, ...nearest } };
  return { finding: moved, code: code.holdsBlock(of) ? 'kept' : 'around' };
}
