import { execFileSync } from 'node:child_process';
import type { Finding, ReviewCategory } from '../../src/domain/finding.ts';
import type { ReviewReport } from '../../src/domain/report.ts';
import { reviewCommits } from '../../test/support/review-commits.ts';

const SCRIPT = /\.(?:[cm]?[jt]s|[jt]sx)$/;
const TEST =
  /(?:^|\/)(?:__tests__|__fixtures__|__mocks__|tests?|fixtures)\/|[._-](?:test|spec)\.[cm]?[jt]sx?$/;
const TIMEOUT_MS = 1_800_000;
/** Smaller changes say little and cost as much. */
const LEAST_LINES = 5;

/** What the reviewers would have said of one change that was merged. */
export interface ReviewedCommit {
  readonly commit: string;
  /** Lines that it adds to scripts of the product, and to their tests. */
  readonly lines: number;
  readonly testLines: number;
  readonly findings: readonly Finding[];
  /** Of all its hunks and reviewers, how many were read. */
  readonly hunksRead: number;
  readonly hunksTotal: number;
}

export function isTest(path: string): boolean {
  return TEST.test(path);
}

/**
 * Reviews commits of a repository's first-parent history as if each were a pull request, spread evenly over those that add to scripts
 * among the newest `newest` that change something below `under`. Those who wrote and read them saw nothing wrong, so all that is
 * said is taken for noise, though now and then it is right.
 */
export async function* reviewHistory(
  repository: string,
  options: {
    readonly under: string;
    readonly commits: number;
    readonly newest: number;
    readonly reviewers: readonly ReviewCategory[];
  },
): AsyncGenerator<ReviewedCommit> {
  const candidates = listCommits(repository, options);
  const step = Math.max(1, candidates.length / options.commits);
  const chosen = candidates.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
  for (const one of chosen) {
    const { findings, reviewers } = await review(repository, one.commit, options.reviewers);
    yield {
      ...one,
      findings: findings.filter(({ location }) => isBelow(options.under, location?.path ?? '')),
      hunksRead: reviewers.reduce((sum, { hunksRead }) => sum + hunksRead, 0),
      hunksTotal: reviewers.reduce((sum, { hunksTotal }) => sum + hunksTotal, 0),
    };
  }
}

function isBelow(folder: string, path: string): boolean {
  return path.startsWith(folder) && SCRIPT.test(path);
}

/** Newest first. */
function listCommits(
  repository: string,
  { under, newest }: { readonly under: string; readonly newest: number },
): readonly Pick<ReviewedCommit, 'commit' | 'lines' | 'testLines'>[] {
  const log = execFileSync(
    'git',
    [
      '-C',
      repository,
      'log',
      `-${newest}`,
      '--first-parent',
      '--no-merges',
      '--format=%H',
      '--numstat',
      '--',
      under,
    ],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  return log
    .split(/^(?=[0-9a-f]{40}$)/m)
    .map((entry) => {
      const [commit = '', ...files] = entry.split('\n').filter((line) => line !== '');
      const added = files.map((line) => line.split('\t')).filter(([, , path = '']) => isBelow(under, path));
      const count = (of: typeof added): number => of.reduce((sum, [lines]) => sum + (Number(lines) || 0), 0);
      const [tests, product] = [true, false].map((wanted) =>
        count(added.filter(([, , path = '']) => isTest(path) === wanted)),
      );
      return { commit, lines: product ?? 0, testLines: tests ?? 0 };
    })
    .filter(({ lines }) => lines >= LEAST_LINES);
}

async function review(
  repository: string,
  commit: string,
  reviewers: readonly ReviewCategory[],
): Promise<ReviewReport> {
  const base = execFileSync('git', ['-C', repository, 'rev-parse', `${commit}^`], {
    encoding: 'utf8',
  }).trim();
  const settings = { reviewers: [...reviewers], maxFindings: 50 };
  return await reviewCommits(repository, { base, head: commit }, settings, TIMEOUT_MS);
}
