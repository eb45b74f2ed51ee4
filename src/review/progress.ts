import type { ReviewCategory } from '../domain/finding.ts';
import type { ReviewerReport } from '../domain/report.ts';
import type { ReviewProgress } from './request.ts';

type ReviewerProgress = ReviewProgress['reviewers'][number];

/** Tells how far the reviewers have come, each time one starts or ends. */
export function createProgress(
  categories: readonly ReviewCategory[],
  filesChanged: number,
  onProgress: (progress: ReviewProgress) => void,
): {
  start(category: ReviewCategory): void;
  finish(category: ReviewCategory, report: ReviewerReport): void;
} {
  const reviewers = new Map<ReviewCategory, ReviewerProgress>(
    categories.map((category) => [category, { category, status: 'waiting', findings: 0 }]),
  );
  const set = (state: ReviewerProgress): void => {
    reviewers.set(state.category, state);
    onProgress({ filesChanged, reviewers: [...reviewers.values()] });
  };
  return {
    start: (category) => set({ category, status: 'reading', findings: 0 }),
    finish: (category, { status, findings }) =>
      set({ category, status: status === 'reviewed' ? 'done' : status, findings }),
  };
}
