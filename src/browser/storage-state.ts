import type { BrowserContext, Page } from 'playwright';
import type { StorageState } from '../verify/ports.ts';
import { bounded } from './bounded.ts';

const LIMIT_MS = 5_000;
type PlaywrightState = Awaited<ReturnType<BrowserContext['storageState']>>;

/** What stands behind the opaque `StorageState`: Playwright's, and the session storage that it leaves out. */
interface KeptState extends StorageState {
  readonly state: PlaywrightState;
  readonly session: { readonly origin: string; readonly entries: Readonly<Record<string, string>> };
}

export async function readStorageState(context: BrowserContext, page: Page): Promise<StorageState> {
  const state = await context.storageState();
  const session = await bounded(
    page.evaluate(() => ({
      origin: location.origin,
      entries: Object.fromEntries(Object.entries<string>(sessionStorage)),
    })),
    LIMIT_MS,
  );
  const kept: KeptState = {
    kind: 'storage-state',
    state,
    session: session ?? { origin: 'null', entries: {} },
  };
  return kept;
}

export function fromStorageState(storage: StorageState): KeptState {
  // Only `readStorageState` makes values of this type.
  return storage as KeptState;
}

/** Puts the session storage back on the first document of its origin. */
export async function restoreSessionStorage(context: BrowserContext, storage: StorageState): Promise<void> {
  const { session } = fromStorageState(storage);
  if (Object.keys(session.entries).length === 0) return;
  await context.addInitScript((kept) => {
    if (location.origin !== kept.origin || sessionStorage.length > 0) return;
    for (const [name, value] of Object.entries(kept.entries)) sessionStorage.setItem(name, value);
  }, session);
}
