import type { Hunk } from '../domain/diff.ts';
import type { EarlierFinding } from '../domain/earlier-finding.ts';
import type { Category, Location, ReviewCategory, Severity } from '../domain/finding.ts';
import type { Prediction } from '../domain/hypothesis.ts';

/** A changed file that models may read. */
export interface ReadableFile {
  /** On the head, or where it was deleted. */
  readonly path: string;
  /** On the base. */
  readonly oldPath: string;
  readonly status: 'added' | 'modified' | 'renamed' | 'deleted';
  readonly hunks: readonly Hunk[];
  /** The whole file at the head; empty for a deleted one. */
  readonly head: string;
  /** The whole file at the base; absent for a new one. */
  readonly base?: string;
  /** Says of itself that it is generated: only the security reviewer reads it. */
  readonly isGenerated?: boolean;
}

/** What deterministic tools already say, given as evidence and not to be said again. */
export interface KnownFinding {
  readonly category: Category;
  readonly title: string;
  readonly location: Location;
}

/** What a model argued on an earlier head of the same pull request, in words that are plain. */
export interface EarlierClaim {
  readonly category: ReviewCategory;
  readonly severity: Severity;
  readonly confidence: number;
  readonly title: string;
  readonly body: string;
  /** Where its code stands; where that is gone, where it stood. */
  readonly location: Location;
  readonly model: string;
  readonly replacement?: string;
  readonly visibleInProduct?: Prediction;
  readonly code: EarlierFinding['code'];
}

/** What people wrote about the change; only the intent pass sees it. */
export interface Intent {
  readonly title: string;
  readonly description: string;
  /** The issues that it says it closes. */
  readonly issues?: readonly {
    readonly number: number;
    readonly title: string;
    readonly description: string;
  }[];
}

/** Everything that the model reviewers are given: plain data. */
export interface ReadingTask {
  readonly base: string;
  readonly head: string;
  readonly categories: readonly ReviewCategory[];
  readonly files: readonly ReadableFile[];
  /** Changed files without text to read, such as deleted ones, by name. */
  readonly otherChanges: readonly string[];
  readonly known: readonly KnownFinding[];
  readonly earlier?: readonly EarlierClaim[];
  readonly intent?: Intent;
  /** Random, for the fences of this run. */
  readonly token: string;
}
