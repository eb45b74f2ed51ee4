import type { Finding } from '../../src/domain/finding.ts';
import { fingerprint } from '../../src/domain/fingerprint.ts';
import { EMPTY_LEDGER, type Ledger } from '../../src/domain/ledger.ts';
import type { ReviewReport } from '../../src/domain/report.ts';
import { advanceReview, pathsToRead } from '../../src/life/advance-review.ts';
import type { Advanced } from '../../src/life/entries.ts';
import { diffOfTexts } from './diff-of-texts.ts';
import { reviewFinding, reviewReport } from './reports.ts';

type Texts = Readonly<Record<string, string>>;
/** What a reviewer says of a line. */
export type Check = (path: string, line: string, number: number) => Partial<Finding> | undefined;

/** A check that fires on each line with `eval(`. */
export const noEval: Check = (_path, line) =>
  line.includes('eval(')
    ? { source: 'test/no-eval', category: 'security', title: 'Text is run as code' }
    : undefined;

/** What the check finds in the texts, as its reviewer would report it. */
export function findingsOf(texts: Texts, check: Check = noEval): readonly Finding[] {
  return Object.entries(texts).flatMap(([path, text]) => {
    const seen = new Map<string, number>();
    return text.split('\n').flatMap((line, index) => {
      const found = check(path, line, index + 1);
      if (found === undefined) return [];
      const occurrence = seen.get(line.trim()) ?? 0;
      seen.set(line.trim(), occurrence + 1);
      const location = { path, side: 'RIGHT' as const, startLine: index + 1, endLine: index + 1 };
      const id = fingerprint(found.source ?? '', path, line, occurrence);
      return [reviewFinding({ id, location, ...found })];
    });
  });
}

/** A pull request whose pushes are read one after the other. */
export interface Pushes {
  ledger: Ledger;
  last: Advanced | undefined;
  /** Reads the head; says what state each finding of the ledger is in, in the order in which they were first seen. */
  push(
    head: string,
    texts: Texts,
    options?: { readonly check?: Check; readonly report?: Partial<ReviewReport> },
  ): string[];
  states(): string[];
}

export function createPushes(base: Texts = {}): Pushes {
  const pushes: Pushes = {
    ledger: EMPTY_LEDGER,
    last: undefined,
    states: () => pushes.ledger.entries.map(({ state }) => state),
    push(head, texts, { check = noEval, report: changes = {} } = {}) {
      const diff = diffOfTexts(base, texts);
      const report = reviewReport({ head, findings: [...findingsOf(texts, check)], ...changes });
      const read = (from: Texts) =>
        new Map(
          pathsToRead(pushes.ledger, report, diff).flatMap((path) => {
            const text = from[path];
            return text === undefined ? [] : [[path, text] as const];
          }),
        );
      pushes.last = advanceReview(pushes.ledger, {
        report,
        diff,
        head,
        files: read(texts),
        baseFiles: read(base),
      });
      pushes.ledger = pushes.last.ledger;
      return pushes.states();
    },
  };
  return pushes;
}
