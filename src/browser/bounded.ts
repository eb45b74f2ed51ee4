import { sleep } from '../lib/sleep.ts';

/**
 * Waits for `work`, at most `limitMs`; a page that fails or hangs gives `undefined`.
 *
 * Playwright's `evaluate` has no limit of its own, and a page decides how long it takes.
 */
export async function bounded<Result>(work: Promise<Result>, limitMs: number): Promise<Result | undefined> {
  const limit = new AbortController();
  const late = sleep(limitMs, limit.signal).then(
    () => undefined,
    () => undefined,
  );
  // What a page does to our calls (it navigated, crashed, closed) is data to the caller, not an error.
  const done = work.catch(() => undefined);
  const result = await Promise.race([done, late]);
  limit.abort();
  return result;
}
