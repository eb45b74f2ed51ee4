import type { Environment } from '../plan.ts';
import type { SecretSource } from '../ports.ts';
import type { VerifyRequest } from '../request.ts';
import type { Run } from '../run.ts';
import type { LoginSettings, VerifySettings } from '../settings.ts';
import { type Account, findAccount } from './find-account.ts';
import { type BothLogins, logInOnBoth } from './log-in-both.ts';

/** Accounts by role; the one without a name is that of `login`. */
export type Accounts = ReadonlyMap<string | undefined, Account>;

/** The settings of a role. What an account leaves out of where and how is as `login` has it. */
export function settingsOf(
  { login, accounts }: VerifySettings,
  role: string | undefined,
): LoginSettings | undefined {
  if (role === undefined) return login;
  const own = accounts[role];
  if (own === undefined || own.path !== undefined || login?.path === undefined) return own;
  return { ...own, path: login.path };
}

/** Looks up the accounts that a run may need: the usual one, and those that `roles` name. */
export async function findAccounts(
  { settings, credentials }: Pick<VerifyRequest, 'settings' | 'credentials'>,
  roles: readonly (string | undefined)[],
  secrets: SecretSource,
): Promise<Accounts> {
  const accounts = new Map<string | undefined, Account>();
  for (const role of new Set([undefined, ...roles])) {
    accounts.set(role, await findAccount(settingsOf(settings, role), credentials, secrets));
  }
  return accounts;
}

/** Logs each role in at most once in a run, on both sides, when it is first needed. */
export interface Logins {
  of(role: string | undefined): Promise<BothLogins>;
}

export function createLogins(run: Run, accounts: Accounts, environment: Environment): Logins {
  const known = new Map<string | undefined, Promise<BothLogins>>();
  return {
    of(role) {
      const account = accounts.get(role) ?? NO_ACCOUNT;
      const login = known.get(role) ?? logInOnBoth(run, account, { environment, role });
      known.set(role, login);
      return login;
    },
  };
}

const NO_ACCOUNT: Account = {
  kind: 'unknown',
  report: { kind: 'none', why: 'no such account is configured' },
};
