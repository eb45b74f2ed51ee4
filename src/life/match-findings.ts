import type { Finding } from '../domain/finding.ts';
import type { CodePlace, LedgerEntry } from '../domain/ledger.ts';
import { isOpen } from '../domain/ledger.ts';
import { NO_SYMBOL } from './code-place.ts';

/** A finding of a run, and where it lives. */
export interface Claim {
  readonly finding: Finding;
  readonly place?: CodePlace;
}

/** What is known of the code at the new head. */
export interface Surroundings {
  /** Hashes of paths by the hashes of the paths that they had before. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Whether the code of the entry is no longer where it was. */
  readonly isGone: (entry: LedgerEntry) => boolean;
}

type Test = (claim: Claim, entry: LedgerEntry, around: Surroundings) => boolean;

/** From the surest to the boldest; what is matched by one takes no part in the next. */
const TESTS: readonly Test[] = [
  ({ finding }, entry) => sharesInclusion(finding, entry),
  (claim, entry) => hasSameCode(claim, entry) && isAt(claim, entry, 'path', 'symbol', 'rule'),
  (claim, entry) => hasSameCode(claim, entry) && isAt(claim, entry, 'path', 'rule'),
  // The file got another name, or the code went to another file.
  (claim, entry, around) =>
    hasSameCode(claim, entry) &&
    isAt(claim, entry, 'symbol', 'rule') &&
    (isRenamed(claim, entry, around) || around.isGone(entry)),
  // A part of the code changed, or the reviewer points at fewer or more lines of it.
  (claim, entry, around) =>
    mayMove(entry) &&
    isSamePart(claim, entry, around) &&
    sharesLine(claim, entry) &&
    soundsAlike(claim, entry),
  // A model says it in other words, of another line of a declaration in which nothing changed.
  (claim, entry, around) =>
    mayMove(entry) &&
    claim.finding.evidence === 'argued' &&
    isSamePart(claim, entry, around) &&
    isSameBlock(claim, entry),
  // All of it changed, and the same is still wrong in the same function, or between the same lines.
  (claim, entry, around) =>
    mayMove(entry) &&
    isSamePart(claim, entry, around) &&
    around.isGone(entry) &&
    (entry.place?.symbol !== NO_SYMBOL || hasSameNeighbour(claim, entry)) &&
    soundsAlike(claim, entry),
  // Without its code, the reviewer's own id is all there is.
  ({ finding, place }, entry) =>
    (place === undefined || entry.place === undefined) &&
    (entry.seenAs === finding.id || entry.id === finding.id),
];

/**
 * Finds the entry of the ledger that each claim continues, by the claim's place in the list. Each entry is taken once,
 * and one that is open before one that is not.
 */
export function matchFindings(
  claims: readonly Claim[],
  entries: readonly LedgerEntry[],
  around: Surroundings,
): ReadonlyMap<number, LedgerEntry> {
  const matches = new Map<number, LedgerEntry>();
  const left = new Set([...entries].sort((a, b) => Number(isOpen(b)) - Number(isOpen(a))));
  for (const test of TESTS) {
    for (const [index, claim] of claims.entries()) {
      if (matches.has(index)) continue;
      const fit = best(
        [...left].filter((entry) => entry.category === claim.finding.category && test(claim, entry, around)),
        claim,
      );
      if (fit === undefined) continue;
      matches.set(index, fit);
      left.delete(fit);
    }
  }
  return matches;
}

/** Among several that fit, the one that its reviewer called the same, else the one whose title is most alike. */
function best(fits: readonly LedgerEntry[], { finding }: Claim): LedgerEntry | undefined {
  return (
    fits.find((entry) => entry.seenAs === finding.id) ??
    [...fits].sort((a, b) => likeness(b.title, finding.title) - likeness(a.title, finding.title))[0]
  );
}

/** A finding that stands for several goes on as long as one of them does. */
function sharesInclusion(finding: Finding, entry: LedgerEntry): boolean {
  if (finding.includes === undefined && entry.includes === undefined) return false;
  const before = new Set([entry.seenAs, ...(entry.includes ?? [])]);
  return [finding.id, ...(finding.includes ?? [])].some((id) => before.has(id));
}

function hasSameCode({ place }: Claim, entry: LedgerEntry): boolean {
  const before = entry.place?.lines;
  return (
    place?.lines.length === before?.length && place?.lines.every((line, at) => line === before?.[at]) === true
  );
}

function isAt(
  { place }: Claim,
  entry: LedgerEntry,
  ...parts: readonly ('path' | 'symbol' | 'rule')[]
): boolean {
  return parts.every((part) => place?.[part] === entry.place?.[part]);
}

function isRenamed({ place }: Claim, { place: before }: LedgerEntry, { renamed }: Surroundings): boolean {
  return before !== undefined && renamed.get(before.path) === place?.path;
}

/** Same rule in the same declaration of the same file, by its old or its new name. */
function isSamePart(claim: Claim, entry: LedgerEntry, around: Surroundings): boolean {
  if (claim.place === undefined || entry.place === undefined) return false;
  if (claim.finding.location?.side !== (entry.side ?? 'RIGHT')) return false;
  return (
    isAt(claim, entry, 'symbol', 'rule') && (isAt(claim, entry, 'path') || isRenamed(claim, entry, around))
  );
}

/** What is fixed comes back with its own code; with other code it is another finding. */
function mayMove({ state }: LedgerEntry): boolean {
  return state !== 'fixed' && state !== 'outdated';
}

function hasSameNeighbour({ place }: Claim, { place: before }: LedgerEntry): boolean {
  return place?.near.some((line, at) => line === before?.near[at]) === true;
}

function isSameBlock({ place }: Claim, { place: before }: LedgerEntry): boolean {
  return before !== undefined && before.symbol !== NO_SYMBOL && before.block === place?.block;
}

function sharesLine({ place }: Claim, entry: LedgerEntry): boolean {
  return entry.place?.lines.some((line) => place?.lines.includes(line)) === true;
}

const ALIKE = 0.4;

/** One function can have two faults of the class that a model's finding has; a rule says by itself what is wrong. */
function soundsAlike({ finding }: Claim, entry: LedgerEntry): boolean {
  // Only the marker is left of it, and that has no words.
  if (finding.evidence !== 'argued' || entry.title === '') return true;
  return likeness(finding.title, entry.title) >= ALIKE;
}

/** From 0 to 1: how many of the words of both are in both. */
function likeness(a: string, b: string): number {
  const [one, two] = [wordsOf(a), wordsOf(b)];
  const shared = [...one].filter((word) => two.has(word)).length;
  const all = one.size + two.size - shared;
  return all === 0 ? 0 : shared / all;
}

function wordsOf(title: string): ReadonlySet<string> {
  return new Set(title.toLowerCase().match(/[\p{L}\p{N}_]{3,}/gu) ?? []);
}
