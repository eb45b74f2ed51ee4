import type { Pair } from './pair.ts';
import type { Environment } from './plan.ts';
import type { SessionOptions, StorageState } from './ports.ts';

/** In what a page is opened. */
export interface Surroundings {
  readonly environment: Environment;
  readonly storage: Pair<StorageState> | undefined;
  /** Fixed, from the seed of the run, when left out. */
  readonly clock?: SessionOptions['clock'];
}
