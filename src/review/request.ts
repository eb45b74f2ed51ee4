import type { ReviewCategory } from '../domain/finding.ts';
import type { Analyser, ChangeAnalyser, GitObjects, Stager } from './ports.ts';
import type { ReviewSettings } from './settings.ts';

/** What to review. Commits are full object names; the diff is taken from their merge base. */
export interface ReviewRequest {
  readonly base: string;
  readonly head: string;
  readonly settings: ReviewSettings;
  readonly startedAt: Date;
  /** Of Firsthand, for the report. */
  readonly version: string;
}

/** How far a review has come; sent when something changed, for the live summary and the terminal. */
export interface ReviewProgress {
  readonly filesChanged: number;
  readonly reviewers: readonly {
    readonly category: ReviewCategory;
    readonly status: 'waiting' | 'reading' | 'done' | 'failed' | 'skipped';
    readonly findings: number;
  }[];
}

export interface ReviewPorts {
  readonly objects: GitObjects;
  readonly stager: Stager;
  readonly analysers: readonly Analyser[];
  readonly changeAnalysers: readonly ChangeAnalyser[];
  /** How the analysers are confined, for the report, such as "bubblewrap" or "process limits only". */
  readonly sandbox: string;
  readonly onProgress: (progress: ReviewProgress) => void;
}
