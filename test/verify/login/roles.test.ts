import { describe, expect, it } from 'vitest';
import { parseRepositoryConfig } from '../../../src/config/repository-config.ts';
import { secretsOf, secretsOfLogin } from '../../../src/verify/login/find-account.ts';
import { findAccounts, settingsOf } from '../../../src/verify/login/roles.ts';
import { verifySettings } from '../../support/verify-pages.ts';

const settings = verifySettings({
  login: { path: '/enter', username: { secret: 'USER' }, password: { secret: 'PASS' } },
  accounts: {
    admin: {
      steps: [
        { click: 'Staff' },
        { fill: { field: 'Code', value: { totp: 'ADMIN_KEY' } } },
        { fill: { field: 'Word', value: { secret: 'ADMIN_WORD' } } },
      ],
    },
    guest: { path: '/guest', state: { secret: 'GUEST_STATE' } },
  },
});
const values: Record<string, string> = {
  USER: 'ada',
  PASS: 'word-of-ada',
  ADMIN_KEY: 'JBSWY3DPEHPK3PXP',
  GUEST_STATE: JSON.stringify({
    cookies: [
      { name: 'theme', value: 'dark' },
      { name: 'sid', value: 'a-long-session-id' },
    ],
  }),
};
const secrets = { find: async (name: string) => values[name] };

describe('accounts', () => {
  it('have the path of the login where they name none', () => {
    expect([undefined, 'admin', 'guest', 'nobody'].map((role) => settingsOf(settings, role)?.path)).toEqual([
      '/enter',
      '/enter',
      '/guest',
      undefined,
    ]);
  });

  it('need every secret that they name, also in their steps', async () => {
    const admin = settings.accounts['admin'];
    expect(admin === undefined ? [] : secretsOfLogin(admin)).toEqual(['ADMIN_KEY', 'ADMIN_WORD']);
    const accounts = await findAccounts(
      { settings, credentials: { kind: 'allowed' } },
      ['admin', 'guest'],
      secrets,
    );
    expect(accounts.get(undefined)).toMatchObject({ kind: 'known', credentials: { username: 'ada' } });
    expect(accounts.get('admin')).toMatchObject({
      kind: 'unknown',
      report: { reason: 'no-secret', why: 'no value is stored for the secret ADMIN_WORD' },
    });
    const guest = accounts.get('guest');
    expect(guest === undefined ? [] : secretsOf(guest)).toEqual([values['GUEST_STATE'], 'a-long-session-id']);
  });

  it('are all withheld together', async () => {
    const asked = { settings, credentials: { kind: 'withheld', why: 'a fork' } as const };
    const accounts = await findAccounts(asked, ['guest'], {
      find: async () => expect.unreachable('a secret was read'),
    });
    expect([...accounts.values()].map((account) => account.kind)).toEqual(['unknown', 'unknown']);
  });

  it('are named by flows, and an account that there is not is a mistake', () => {
    const flow = 'flows:\n  - { name: Orders, as: boss, steps: [{ goto: / }] }\n';
    expect(() => parseRepositoryConfig(flow)).toThrow(
      /:2: flows\[0\]\.as: there is no account “boss” in accounts/,
    );
    expect(
      parseRepositoryConfig(`accounts: { boss: { state: { secret: BOSS } } }\n${flow}`).flows[0]?.as,
    ).toBe('boss');
    expect(() => parseRepositoryConfig('login: { password: { secret: PASS } }')).toThrow(/needs username/);
  });
});
