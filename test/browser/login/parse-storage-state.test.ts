import { describe, expect, it } from 'vitest';
import { parseStorageState } from '../../../src/browser/login/parse-storage-state.ts';
import { fromStorageState } from '../../../src/browser/storage-state.ts';
import { matchesOrigin } from '../../../src/domain/origin.ts';

const site = new URL('https://pr-5.example.dev/');
const mayUse = (origin: URL): boolean => matchesOrigin(origin, 'https://*.example.dev');
const cookie = (name: string, domain: string) => ({
  name,
  value: `${name}-value`,
  domain,
  path: '/',
  secure: true,
  sameSite: 'None',
});

function read(
  state: object,
): { readonly cookies: readonly string[]; readonly stored: readonly string[] } | undefined {
  const storage = parseStorageState(JSON.stringify(state), { site, mayUse });
  if (storage === undefined) return undefined;
  const kept = fromStorageState(storage).state;
  return {
    cookies: kept.cookies.map(({ name, domain }) => `${name} ${domain}`),
    stored: kept.origins.flatMap(({ origin, localStorage }) =>
      localStorage.map(({ name, value }) => `${origin} ${name}=${value}`),
    ),
  };
}

describe('parseStorageState', () => {
  it('takes what belongs to an allowed origin as the preview’s own, and nothing else', () => {
    const state = {
      cookies: [
        cookie('own', 'pr-5.example.dev'),
        cookie('other', 'staging.example.dev'),
        cookie('parent', '.example.dev'),
        cookie('foreign', 'accounts.google.com'),
      ],
      origins: [
        { origin: 'https://pr-5.example.dev', localStorage: [{ name: 'token', value: 'newest' }] },
        { origin: 'https://staging.example.dev', localStorage: [{ name: 'token', value: 'older' }] },
        { origin: 'https://evil.example', localStorage: [{ name: 'x', value: 'y' }] },
      ],
    };
    expect(read(state)).toEqual({
      cookies: ['own pr-5.example.dev', 'other pr-5.example.dev', 'parent pr-5.example.dev'],
      stored: ['https://pr-5.example.dev token=newest'],
    });
  });

  it('takes nothing that is no storage state, or has nothing for an allowed origin', () => {
    expect(read({ cookies: [cookie('foreign', 'accounts.google.com')] })).toBeUndefined();
    expect(read({ cookies: [{ name: 1 }] })).toBeUndefined();
    expect(parseStorageState('no json', { site, mayUse })).toBeUndefined();
  });
});
