import type { FileDiff } from '../domain/diff.ts';
import { type Finding, REVIEW_CATEGORIES } from '../domain/finding.ts';
import type { Ledger, LedgerEntry } from '../domain/ledger.ts';
import type { ReviewReport } from '../domain/report.ts';
import { type CodeText, digestOf, hashOf, readCode } from './code-place.ts';
import type { Claim, Surroundings } from './match-findings.ts';

/** A review of one head, and the code that it was about. */
export interface Reading {
  readonly report: ReviewReport;
  /** From the merge base, as the reviewers read it. */
  readonly diff: readonly FileDiff[];
  readonly head: string;
  /** Contents at the head of `pathsToRead`; a path that the head does not have is left out. */
  readonly files: ReadonlyMap<string, string>;
  /** The same of the merge base. */
  readonly baseFiles: ReadonlyMap<string, string>;
}

/** What a reading says about entries of the ledger. */
export interface Facts extends Surroundings, Where, Who {
  readonly head: string;
  /** Of the reviewers that read everything, this time or before. */
  readonly readings: Ledger['readings'];
  /** The text that the finding points into. */
  textFor(finding: Finding): string | undefined;
}

/** Where the code of entries is now. */
interface Where {
  /** The file of the entry, under the name that it has now; undefined when nobody remembers it. */
  pathOf(entry: LedgerEntry): string | undefined;
  codeAt(path: string): CodeText | undefined;
  isCodeKept(entry: LedgerEntry, claim: Claim): boolean;
  /** What the diff has of the file: the lines that it adds, or, for what a model argues, those around them too. */
  inDiff(path: string, options: { readonly isAroundEnough: boolean }): CodeText | undefined;
}

/** Who has read what. */
interface Who {
  /** The same diff was read whole by the same tools and models before. */
  wasReadBefore(finding: Finding): boolean;
  /** No file that is new here was left unread: code that is gone elsewhere could be in it. */
  readonly isAllRead: boolean;
  /** Whether the reviewer of the entry finished, and read the file of the entry, when it has one. */
  wasReadAgain(entry: LedgerEntry, path?: string): boolean;
  /** Found, and not shown for a reason of the reviewer's. */
  isHidden(entry: LedgerEntry): boolean;
  /** How this reading compares with the last whole one. */
  previous(
    of: Pick<LedgerEntry, 'category'>,
  ): { readonly isSameDiff: boolean; readonly isSameEngine: boolean } | undefined;
}

export function isOfReview({ category }: Pick<Finding, 'category'>): boolean {
  return REVIEW_CATEGORIES.some((known) => known === category);
}

export function createFacts(ledger: Ledger, reading: Reading): Facts {
  const { report, diff, head, files, baseFiles } = reading;
  const digest = digestOf(diff);
  return {
    head,
    readings: { ...ledger.readings, ...completeReadings(report, digest) },
    textFor({ location }) {
      if (location?.side !== 'LEFT') return files.get(location?.path ?? '');
      return baseFiles.get(diff.find(({ path }) => path === location.path)?.oldPath ?? location.path);
    },
    ...findWhere(reading),
    ...findWho(ledger, reading, digest),
  };
}

function findWhere({ diff, files }: Reading): Where & Surroundings {
  const codes = new Map([...files].map(([path, text]) => [path, readCode(text)]));
  const everyPath = [...files.keys(), ...diff.flatMap(({ path, oldPath }) => [oldPath, path])];
  const byHash = new Map(everyPath.map((path) => [hashOf(path), path]));
  const renames = diff.filter(({ path, oldPath }) => path !== oldPath && !files.has(oldPath));
  const renamed = new Map(renames.map(({ path, oldPath }) => [hashOf(oldPath), hashOf(path)]));
  const pathOf: Where['pathOf'] = ({ path, place }) => {
    const known = path ?? byHash.get(place?.path ?? '');
    const next = known === undefined ? undefined : byHash.get(renamed.get(hashOf(known)) ?? '');
    return next ?? known;
  };
  const isGone: Surroundings['isGone'] = (entry) => {
    if (entry.side === 'LEFT' || entry.place === undefined) return false;
    const path = pathOf(entry);
    return path === undefined || codes.get(path)?.holds(entry.place) !== true;
  };
  return {
    renamed,
    isGone,
    pathOf,
    codeAt: (path) => codes.get(path),
    isCodeKept: (entry, { place }) =>
      !isGone(entry) || (place !== undefined && place.lines.join() === entry.place?.lines.join()),
    inDiff(path, { isAroundEnough }) {
      const lines = diff.find((file) => file.path === path)?.hunks.flatMap((hunk) => hunk.lines);
      const shown = lines?.filter(({ kind }) => kind === 'added' || (isAroundEnough && kind === 'context'));
      return shown === undefined ? undefined : readCode(shown.map(({ text }) => text).join('\n'));
    },
  };
}

function findWho(ledger: Ledger, { report, diff }: Reading, digest: string): Who {
  const reviewerOf = (category: string) => report.reviewers.find((one) => one.category === category);
  const previous: Who['previous'] = ({ category }) => {
    const before = ledger.readings[category];
    if (before === undefined) return undefined;
    const engine = hashOf(reviewerOf(category)?.engine ?? '');
    return { isSameDiff: before.digest === digest, isSameEngine: before.engine === engine };
  };
  return {
    previous,
    wasReadBefore(finding) {
      const before = previous(finding);
      return before?.isSameDiff === true && before.isSameEngine;
    },
    isAllRead: !diff.some(
      ({ path, status, isBinary }) =>
        (status === 'added' || status === 'renamed') &&
        !isBinary &&
        report.notAnalysed.some((file) => file.path === path),
    ),
    wasReadAgain({ category, evidence, includes }, path) {
      const reviewer = reviewerOf(category);
      if (reviewer?.status !== 'reviewed') return false;
      // What a model argued, tools alone cannot take back.
      const { model } = reviewer;
      if (evidence === 'argued' && (model === undefined || model.hunksRead < model.hunksTotal)) return false;
      // One that stands for several may live in any file.
      return !report.notAnalysed.some((file) => includes !== undefined || file.path === path);
    },
    isHidden: ({ seenAs }) => report.notShown.some(({ finding }) => finding === seenAs),
  };
}

/** Of the reviewers that read everything. */
function completeReadings({ reviewers }: ReviewReport, digest: string): Ledger['readings'] {
  const whole = reviewers.filter(
    ({ status, hunksRead, hunksTotal }) => status === 'reviewed' && hunksRead === hunksTotal,
  );
  return Object.fromEntries(
    whole.map(({ category, engine }) => [category, { digest, engine: hashOf(engine) }]),
  );
}
