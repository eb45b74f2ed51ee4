import type { Memory, SpendLedger } from '../agent/ports.ts';

/** For a single run on somebody's own machine: only the run's limits hold. */
export const UNLIMITED_DAYS: SpendLedger = {
  take: async (_, wanted) => ({ ...wanted, settle: async () => {} }),
};

/** Nothing is kept between runs. */
export const NO_MEMORY: Memory = { recall: async () => undefined, remember: async () => {} };
