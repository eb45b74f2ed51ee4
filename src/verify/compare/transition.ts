import type { Step } from '../../domain/flow.ts';
import type { PageModel } from '../model/page-model.ts';

/** The same moment on both sides. */
export interface Moment {
  readonly base: PageModel;
  readonly head: PageModel;
}

/** What one step did on both sides. */
export interface Transition {
  /** The state in which `step` was performed; absent when a page was opened afresh. */
  readonly before?: Moment;
  readonly step: Step;
  readonly after: Moment;
}
