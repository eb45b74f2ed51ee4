import type { Pair } from './pair.ts';
import type { Environment } from './plan.ts';
import type { SessionOptions, StorageState } from './ports.ts';

/** In what a page is opened. */
export interface Surroundings {
  readonly environment: Environment;
  readonly storage: Pair<StorageState> | undefined;
  /** The role whose login `storage` is; that of the usual account when left out. */
  readonly as?: string | undefined;
  /** Fixed, from the seed of the run, when left out. */
  readonly clock?: SessionOptions['clock'];
}
