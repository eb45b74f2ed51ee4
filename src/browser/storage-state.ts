import type { BrowserContext, Page } from 'playwright';
import type { StorageState } from '../verify/ports.ts';
import { bounded } from './bounded.ts';
import type { TabEngine } from './engine/tab-engine.ts';
import { type Entries, MARK, removeMark, writeStorage } from './write-storage.ts';

const LIMIT_MS = 5_000;
type PlaywrightState = Awaited<ReturnType<BrowserContext['storageState']>>;

/** What stands behind the opaque `StorageState`: Playwright's, and the session storage that it leaves out. */
interface KeptState extends StorageState {
  readonly state: PlaywrightState;
  readonly session: { readonly origin: string; readonly entries: Entries };
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

/** A state that was recorded elsewhere; it has no session storage. */
export function toStorageState(state: PlaywrightState): StorageState {
  const kept: KeptState = { kind: 'storage-state', state, session: { origin: 'null', entries: {} } };
  return kept;
}

/** Takes effect on the documents that load until it is ended. */
export interface Restoring {
  end(): Promise<void>;
}

/**
 * Makes the next document of each origin begin with what the login left in its storage, and with nothing else.
 *
 * A document that follows within the same load finds a mark and keeps what is there.
 */
export async function restoreStorage(
  { runFirst, world }: Pick<TabEngine, 'runFirst' | 'world'>,
  { storage, withLocal }: { readonly storage: StorageState | undefined; readonly withLocal: boolean },
): Promise<Restoring> {
  const kept = storage === undefined ? undefined : fromStorageState(storage);
  const locals = (withLocal ? (kept?.state.origins ?? []) : []).map(({ origin, localStorage }) => ({
    origin,
    entries: Object.fromEntries(localStorage.map(({ name, value }) => [name, value])),
  }));
  const order = { mark: MARK, session: kept?.session ?? { origin: 'null', entries: {} }, locals };
  const source = `(${String(writeStorage)})(${JSON.stringify(order)})`;
  const script = await runFirst(source);
  return {
    async end() {
      await Promise.all([bounded(script.end(), LIMIT_MS), world.call(removeMark, MARK, LIMIT_MS)]);
    },
  };
}
