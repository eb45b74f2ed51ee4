import type { Navigation, Session, StorageState } from '../ports.ts';
import type { LoginKeeper } from '../run.ts';
import type { Site } from '../site.ts';
import { findForm } from './find-form.ts';
import { placeOf } from './signs.ts';

/** A session that ends more often than this in a run is not kept alive. */
const MAX_RENEWALS = 3;

export interface Keeping {
  readonly site: Site;
  readonly storage: StorageState;
  /** Path of the login form; absent when it is not known. */
  readonly path: string | undefined;
  /** Logs in once more, in a context of its own; `undefined` when that does not work. */
  readonly renew: () => Promise<StorageState | undefined>;
}

interface Opened {
  readonly url: string;
  readonly navigation: Navigation;
  /** Also look at a page that is where it was asked for. */
  readonly isThorough: boolean;
}

/**
 * Logs in again when the session of a test account has ended: when opening a page leads to the login, or the page asks
 * for the account.
 *
 * A page that still asks after a new login does so for a reason of its own, and is left to be compared.
 */
export function createLoginKeeper({ site, storage, path, renew }: Keeping): LoginKeeper {
  let current = storage;
  let renewals = 0;
  let renewing: Promise<StorageState | undefined> | undefined;
  /** Places that ask although the account is logged in. */
  const asking = new Set<string>(path === undefined ? [] : [path.replace(/\/+$/, '')]);

  const hasEnded = async (session: Session, { url, navigation, isThorough }: Opened): Promise<boolean> => {
    if (navigation.kind !== 'loaded' || asking.has(placeOf(site, url))) return false;
    const isLed = path !== undefined && placeOf(site, navigation.url) === path.replace(/\/+$/, '');
    const isElsewhere = placeOf(site, navigation.url) !== placeOf(site, url);
    if (!isLed && !isThorough && !isElsewhere && navigation.status !== 401) return false;
    return findForm(await session.readLoginPage(), { isLoginPage: isLed }).asks !== 'nothing';
  };
  const renewOnce = (): Promise<StorageState | undefined> => {
    if (renewing === undefined && renewals >= MAX_RENEWALS) return Promise.resolve(undefined);
    renewing ??= renew().finally(() => {
      renewing = undefined;
    });
    return renewing;
  };
  return {
    current: () => current,
    renewals: () => renewals,
    keep(session) {
      let own = current;
      const opened = async (page: Opened, limitMs: number): Promise<Navigation> => {
        const { url, navigation } = page;
        if (!(await hasEnded(session, page))) return navigation;
        if (own === current) {
          const renewed = await renewOnce();
          if (renewed === undefined) return navigation;
          if (own === current) {
            current = renewed;
            renewals += 1;
          }
        }
        own = current;
        await session.useStorage(own);
        const again = await session.goto(url, limitMs);
        if (await hasEnded(session, { url, navigation: again, isThorough: true }))
          asking.add(placeOf(site, url));
        return again;
      };
      return {
        ...session,
        goto: async (url, limitMs) =>
          opened({ url, navigation: await session.goto(url, limitMs), isThorough: true }, limitMs),
        // Done thousands of times, so only what tells of an end at a glance is looked into.
        reset: async (url, limitMs) =>
          opened({ url, navigation: await session.reset(url, limitMs), isThorough: false }, limitMs),
      };
    },
  };
}
