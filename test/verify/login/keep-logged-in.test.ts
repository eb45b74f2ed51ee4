import { describe, expect, it } from 'vitest';
import { createLoginKeeper } from '../../../src/verify/login/keep-logged-in.ts';
import type { LoginControl, LoginPage } from '../../../src/verify/login/ports.ts';
import type { StorageState } from '../../../src/verify/ports.ts';
import { toSite } from '../../../src/verify/site.ts';
import { scriptedSession } from '../../support/scripted-session.ts';

const SITE = 'http://head.test';
const state = (): StorageState => ({ kind: 'storage-state' });

function control(ref: string, kind: LoginControl['kind'], type: string, label: string): LoginControl {
  const facts = { autocomplete: '', names: '', near: '', maxLength: -1, path: [1], form: 1 };
  return {
    ref,
    kind,
    type,
    label,
    ...facts,
    isVisible: true,
    isFaint: false,
    isDisabled: false,
    isFilled: false,
  };
}

function page(url: string, controls: readonly LoginControl[]): LoginPage {
  return { url, title: '', controls, text: '', hasCaptcha: false, isPartial: false, storageDigest: '' };
}

const FORM = [
  control('0:0', 'field', 'text', 'Name'),
  control('0:1', 'field', 'password', 'Password'),
  control('0:2', 'button', 'submit', 'Log in'),
];

/** A server that leads whoever brings a state that it does not know to the login page. */
function server(good: Set<StorageState>) {
  let [brought, at]: [StorageState | undefined, string] = [undefined, ''];
  const loads: string[] = [];
  const load = async (url: string) => {
    loads.push(new URL(url).pathname);
    at = brought !== undefined && good.has(brought) && !url.endsWith('/sudo') ? url : `${SITE}/login`;
    if (url.endsWith('/sudo')) at = url;
    return { kind: 'loaded' as const, status: 200, url: at };
  };
  const session = scriptedSession({
    goto: load,
    reset: load,
    useStorage: async (storage) => {
      brought = storage;
    },
    readLoginPage: async () => page(at, /login|sudo/.test(at) ? FORM : []),
  });
  return { session, loads, bring: (storage: StorageState) => (brought = storage) };
}

describe('createLoginKeeper', () => {
  it('logs in again when opening a page leads to the login, and opens the page then', async () => {
    const [first, second] = [state(), state()];
    const { session, loads, bring } = server(new Set([second]));
    bring(first);
    const keeper = createLoginKeeper({
      site: toSite(SITE),
      storage: first,
      path: '/login',
      renew: async () => second,
    });
    const kept = keeper.keep(session);
    expect(await kept.reset(`${SITE}/orders`, 1_000)).toMatchObject({ url: `${SITE}/orders` });
    expect(loads).toEqual(['/orders', '/orders']);
    expect([keeper.renewals(), keeper.current() === second]).toEqual([1, true]);
    expect(await kept.goto(`${SITE}/login`, 1_000)).toMatchObject({ url: `${SITE}/login` });
    expect(keeper.renewals()).toBe(1);
  });

  it('leaves a page alone that asks for the password although the account is logged in', async () => {
    const first = state();
    const { session, loads, bring } = server(new Set([first]));
    bring(first);
    let renewals = 0;
    const renew = async (): Promise<StorageState> => {
      renewals += 1;
      return first;
    };
    const kept = createLoginKeeper({ site: toSite(SITE), storage: first, path: '/login', renew }).keep(
      session,
    );
    await kept.goto(`${SITE}/sudo`, 1_000);
    await kept.goto(`${SITE}/sudo`, 1_000);
    expect([renewals, loads]).toEqual([1, ['/sudo', '/sudo', '/sudo']]);
  });

  it('gives up when logging in again does not work', async () => {
    const { session } = server(new Set());
    const keeper = createLoginKeeper({
      site: toSite(SITE),
      storage: state(),
      path: '/login',
      renew: async () => undefined,
    });
    expect(await keeper.keep(session).goto(`${SITE}/orders`, 1_000)).toMatchObject({ url: `${SITE}/login` });
    expect(keeper.renewals()).toBe(0);
  });
});
