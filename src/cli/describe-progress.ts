import type { ReviewProgress } from '../review/request.ts';
import type { VerifyProgress } from '../verify/request.ts';

/** One line about a review under way. */
export function describeReviewProgress(progress: ReviewProgress): string {
  const parts = progress.reviewers.map((reviewer) => {
    if (reviewer.status === 'reading') return `${reviewer.category}: reading`;
    if (reviewer.status === 'done') return `${reviewer.category}: ${count(reviewer.findings, 'finding')}`;
    return `${reviewer.category}: ${reviewer.status}`;
  });
  return `${count(progress.filesChanged, 'changed file')} · ${parts.join(' · ')}`;
}

/** One line about a verification under way. */
export function describeVerifyProgress(progress: VerifyProgress): string {
  if (progress.phase === 'done') return `${progress.doing} · ${count(progress.actions, 'action')}`;
  const doing = progress.phase === 'opening' ? `opening ${progress.doing}` : progress.doing;
  return `${doing} · ${count(progress.actions, 'action')} · ${count(progress.findings, 'finding')}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
