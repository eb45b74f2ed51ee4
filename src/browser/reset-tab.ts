import type { BrowserContext } from 'playwright';
import type { StorageState } from '../verify/ports.ts';
import { bounded } from './bounded.ts';
import type { Tab } from './open-tab.ts';
import { fromStorageState, type Restoring, restoreStorage } from './storage-state.ts';

const LIMIT_MS = 5_000;

export interface ResetOptions {
  /** Where documents were loaded from. */
  readonly origins: readonly string[];
  readonly storage: StorageState | undefined;
}

/**
 * Leaves the page, and forgets what the documents of `origins` stored: cookies and every kind of storage. What the
 * login left is put back, in part when the next document begins.
 *
 * The page is left first, because what it does on leaving may write again.
 */
export async function resetTab(
  context: BrowserContext,
  tab: Tab,
  { origins, storage }: ResetOptions,
): Promise<Restoring> {
  const { page } = tab;
  await bounded(page.goto('about:blank', { timeout: LIMIT_MS }), LIMIT_MS);
  // The pointer would hover over whatever comes to lie under it.
  await bounded(page.mouse.move(-1, -1), LIMIT_MS);
  await Promise.all([bounded(context.clearCookies(), LIMIT_MS), bounded(tab.forget(origins), LIMIT_MS)]);
  const kept = storage === undefined ? undefined : fromStorageState(storage);
  if (kept !== undefined && kept.state.cookies.length > 0) {
    await bounded(context.addCookies(kept.state.cookies), LIMIT_MS);
  }
  return restoreStorage(tab, { storage, withLocal: true });
}
