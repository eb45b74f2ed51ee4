import type { Category, Severity } from '../../domain/finding.ts';
import type { Expectation } from '../../domain/flow.ts';
import type { PageError, PageNode } from '../model/page-model.ts';
import type { SentRequest } from '../shrink/sent-request.ts';

/** What sort of thing base and head do not share. */
export type DivergenceKind =
  | 'missing' // an element of the base is not there
  | 'extra' // an element that the base has not, or has no longer
  | 'text'
  | 'number'
  | 'value' // of a field
  | 'state' // checked, disabled, expanded, …
  | 'order'
  | 'count'
  | 'place' // another page
  | 'title'
  | 'focus'
  | 'dialog'
  | 'popup'
  | 'download'
  | 'error'
  | 'request'
  | 'storage'
  | 'image' // one that does not load
  | 'invariant'
  | 'slow'
  | 'hang';

/** One thing that base and head do not share in a state that the same steps led to. */
export interface Divergence {
  readonly kind: DivergenceKind;
  /** Equal when the very same thing shows again, values included. */
  readonly key: string;
  /** Names the cause: equal for the same thing with other values, on other pages, in other states. */
  readonly cause: string;
  readonly category: Category;
  readonly severity: Severity;
  /** The check that found it, such as `firsthand/number-changed`. */
  readonly source: string;
  /** What is wrong, without the steps: `the total is −$4.00 instead of $16.00`. */
  readonly what: string;
  readonly expected: string;
  readonly actual: string;
  /** Holds on the base and not on the head in this state, and a plain test can check it; absent when there is no such. */
  readonly expect?: Expectation;
  /** The error of the head, as the browser reported it. */
  readonly error?: Pick<PageError, 'kind' | 'message' | 'status'>;
  /** What the base sends by the step; the head sends it another number of times. */
  readonly sends?: SentRequest;
  /** Where it shows, to draw a box around it. */
  readonly nodes?: { readonly base?: PageNode; readonly head?: PageNode };
}
