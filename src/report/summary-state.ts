import type { ReviewCategory } from '../domain/finding.ts';
import type { ReviewReport, VerifyReport } from '../domain/report.ts';
import type { LifeState } from './render-life.ts';

/** How far one reviewer has come, for the live summary. */
export interface ReviewerProgress {
  readonly category: ReviewCategory;
  readonly status: 'waiting' | 'reading' | 'done' | 'failed' | 'skipped';
  readonly findings: number;
}

/** What is known of one of the two parts of a run. */
export type PartState<Report> =
  /** Nothing has been tried on this head yet. */
  | { readonly kind: 'waiting'; readonly why: string }
  | {
      readonly kind: 'running';
      readonly runId: string;
      /** In a few words; may quote names from outside. */
      readonly doing: string;
      readonly reviewers?: readonly ReviewerProgress[];
    }
  /** `runId` is that of the check run that tells the same. */
  | { readonly kind: 'done'; readonly report: Report; readonly runId?: string }
  | { readonly kind: 'cancelled'; readonly by?: string }
  /** `message` is for the pull request: no stack, and an id to quote when the fault is ours. */
  | { readonly kind: 'failed'; readonly message: string };

/** Everything that the summary comment says. */
export interface SummaryState {
  readonly headSha: string;
  readonly runId: string;
  /** Such as https://github.com/octo/shop; places are linked below it, at the head commit. */
  readonly repositoryUrl?: string;
  readonly review: PartState<ReviewReport>;
  /** The report's pictures are addresses when they could be stored, otherwise file names. */
  readonly preview: PartState<VerifyReport>;
  /** Ids of findings that stand as inline comments on the pull request. */
  readonly inline: ReadonlySet<string>;
  /** What else people must know, in our own words: plain text. */
  readonly notes: readonly string[];
  /** What became of the findings of this head and of earlier ones. */
  readonly life?: LifeState;
}
