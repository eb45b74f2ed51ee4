import type { ExplainTask, Explanation } from '../agent/explain-finding.ts';
import type { CodeSource } from '../agent/ports.ts';
import type { Reading } from '../agent/reading.ts';
import type { Intent, ReadingTask } from '../agent/task.ts';
import type { EarlierFinding } from '../domain/earlier-finding.ts';
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
  /** What people wrote about the change, for the pass that compares it with what the change does. */
  readonly intent?: Intent;
  /** `owner/repo`, for limits that hold for a repository. */
  readonly repository?: string;
  /** What models argued on earlier heads of the pull request, and is still open. */
  readonly earlier?: readonly EarlierFinding[];
  /** Values that reach no model and no report. */
  readonly secrets?: readonly string[];
}

/** Lets models read a change, within the operator's limits. */
export interface ChangeReader {
  /** Day of the list of prices. */
  readonly pricesAsOf: string;
  /**
   * A text that nobody outside can guess, for the fences of the reading that `what` names: the same for the same reading,
   * so that the same questions are asked, and get the same answers. Absent without a secret to make it of.
   */
  tokenFor?(what: string): string | undefined;
  /**
   * Failures of models and limits are in the result. Rejects with the signal's reason when it is aborted, with what
   * `source` throws when the repository cannot be read, and with `ReaderBroken` when the reading itself breaks.
   */
  read(
    task: ReadingTask,
    options: { readonly source: CodeSource; readonly repository: string; readonly maxUsd?: number },
    signal: AbortSignal,
  ): Promise<Reading>;
}

/** Lets a model look at one finding again, within the operator's limits. */
export interface FindingExplainer {
  /** Failures of the model and limits are in the result. Rejects as `ChangeReader.read` does. */
  explain(
    task: ExplainTask,
    options: { readonly source: CodeSource; readonly repository: string; readonly maxUsd?: number },
    signal: AbortSignal,
  ): Promise<Explanation>;
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
  /** Models beside the tools; a text says why there are none though they were asked for. */
  readonly reader?: ChangeReader | string;
  readonly onProgress: (progress: ReviewProgress) => void;
}
