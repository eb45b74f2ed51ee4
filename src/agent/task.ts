import type { Hunk } from '../domain/diff.ts';
import type { Category, Location, ReviewCategory } from '../domain/finding.ts';

/** A changed file that models may read. */
export interface ReadableFile {
  /** On the head. */
  readonly path: string;
  /** On the base. */
  readonly oldPath: string;
  readonly status: 'added' | 'modified' | 'renamed';
  readonly hunks: readonly Hunk[];
  /** The whole file at the head. */
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
  readonly intent?: Intent;
  /** Random, for the fences of this run. */
  readonly token: string;
}
