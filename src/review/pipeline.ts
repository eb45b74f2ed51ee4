import { compareFindings, type ReviewCategory } from '../domain/finding.ts';
import { type ReviewReport, SCHEMA_VERSION } from '../domain/report.ts';
import { collectChange } from './collect-change.ts';
import { findUnreadSources } from './find-unread-sources.ts';
import { findHostileWords } from './hostile-words.ts';
import { readByModels, readWithModels } from './model-reading.ts';
import type { AnalysisResult } from './ports.ts';
import { createProgress } from './progress.ts';
import type { ReviewPorts, ReviewRequest } from './request.ts';
import { type CategoryReview, reviewCategory } from './review-category.ts';

/** Only so many tools run at a time: what takes longest must not begin when the others are done. */
const SLOWEST_FIRST: readonly ReviewCategory[] = ['logic', 'security', 'style'];

/**
 * Reviews a pull request: collects the change, lets the reviewers read it in parallel, and reports.
 *
 * Nothing of the repository is executed and none of its configuration is obeyed. Throws what `ports.objects` throws
 * when git cannot give the diff, and the signal's reason when it is aborted; a reviewer's failure is in the report.
 */
export async function reviewPullRequest(
  request: ReviewRequest,
  ports: ReviewPorts,
  signal: AbortSignal,
): Promise<ReviewReport> {
  const startedAt = performance.now();
  const { head, settings } = request;
  const [base] = await Promise.all([
    ports.objects.mergeBase(request.base, head, signal),
    // For what comes next; the objects keep it.
    ports.objects.listTree(head, signal),
  ]);
  const change = await collectChange({ base, head }, ports.objects, settings, signal);
  const progress = createProgress(settings.reviewers, change.diff.length, ports.onProgress);
  const check = async (category: ReviewCategory): Promise<CategoryReview> => {
    progress.start(category);
    const review = await reviewCategory(category, change, { ports, base, head }, signal);
    if (ports.reader === undefined) progress.finish(category, review.report);
    return review;
  };
  const started = new Map(
    SLOWEST_FIRST.filter((category) => settings.reviewers.includes(category)).map((category) => [
      category,
      check(category),
    ]),
  );
  const checks = await all(settings.reviewers.flatMap((category) => started.get(category) ?? []));
  const reviews = await readWithModels(checks, change, { request, base, ports }, signal);
  if (ports.reader !== undefined) for (const { report } of reviews) progress.finish(report.category, report);
  const unread = change.files.filter(({ path }) => !readByModels(path, reviews));
  return {
    kind: 'review',
    schemaVersion: SCHEMA_VERSION,
    tool: { name: 'firsthand', version: request.version },
    startedAt: request.startedAt.toISOString(),
    ms: performance.now() - startedAt,
    findings: [
      ...reviews.flatMap(({ claims }) => claims.map(({ finding }) => finding)),
      ...(settings.reviewers.includes('security') ? findHostileWords(request.intent, change.diff) : []),
    ].sort(compareFindings),
    base,
    head,
    reviewers: reviews.map(({ report }) => report),
    notShown: reviews.flatMap(({ notShown }) => notShown),
    notAnalysed: listNotAnalysed([
      ...change.setAside,
      ...reviews.flatMap(({ notAnalysed }) => notAnalysed),
      ...findUnreadSources(unread, ports.analysers, settings.reviewers),
    ]),
    sandbox: ports.sandbox,
  };
}

/** As `Promise.all`, but rejects only when every one has settled, so that their staged copies are gone by then. */
async function all<Result>(running: readonly Promise<Result>[]): Promise<readonly Result[]> {
  await Promise.allSettled(running);
  return await Promise.all(running);
}

/** One entry for each changed file that no one, or not everyone who should have, could read. */
function listNotAnalysed(files: AnalysisResult['notAnalysed']): AnalysisResult['notAnalysed'][number][] {
  const reasons = new Map<string, Set<string>>();
  for (const { path, reason } of files) {
    reasons.set(path, (reasons.get(path) ?? new Set()).add(reason));
  }
  return [...reasons].map(([path, all]) => ({ path, reason: [...all].join('; ') }));
}
