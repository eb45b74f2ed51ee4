import type { Category, Severity } from '../../domain/finding.ts';
import type { Expectation, Step } from '../../domain/flow.ts';
import type { PageModel, PageNode } from '../model/page-model.ts';

/** What one side showed before and after a step; only `after` where a page was opened afresh. */
export interface Seen {
  readonly before?: PageModel;
  readonly step?: Step;
  readonly after: PageModel;
}

/** A rule that every product keeps, and that this page does not. */
export interface Violation {
  /** Name of the invariant, such as `no-negative-amount`. */
  readonly invariant: string;
  /** Equal on base and head for the same fault, whatever the values are. */
  readonly key: string;
  /** What is wrong, without the steps: `the total is −$4.00`. */
  readonly what: string;
  readonly severity: Severity;
  readonly category: Category;
  readonly expected: string;
  readonly actual: string;
  /** Where it shows. */
  readonly node?: PageNode;
  /** What a correct page would meet and this one does not; absent when a plain test cannot say it. */
  readonly expect?: Expectation;
  /** Common on faultless pages: worth saying only where the base was seen in the same state and does not do it. */
  readonly isDeltaOnly?: true;
}

/** One rule. `check` looks at one side alone and must be quiet on ordinary pages: it is also used without a base. */
export interface Invariant {
  readonly name: string;
  readonly check: (seen: Seen) => readonly Omit<Violation, 'invariant'>[];
}
