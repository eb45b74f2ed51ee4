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
  /** How a role has logged in: its settings, with where its form was. Undefined when it has not. */
  doneBy(role: string | undefined): LoginSettings | undefined;
}

export function createLogins(run: Run, accounts: Accounts, environment: Environment): Logins {
  const known = new Map<string | undefined, Promise<BothLogins>>();
  const done = new Map<string | undefined, LoginSettings>();
  const logIn = async (role: string | undefined): Promise<BothLogins> => {
    const login = await logInOnBoth(run, accounts.get(role) ?? NO_ACCOUNT, { environment, role });
    const settings = settingsOf(run.request.settings, role);
    if (login.report.kind === 'ok' && settings !== undefined)
      done.set(role, { ...settings, path: login.path });
    return login;
  };
  return {
    of(role) {
      const login = known.get(role) ?? logIn(role);
      known.set(role, login);
      return login;
    },
    doneBy: (role) => done.get(role),
  };
}

const NO_ACCOUNT: Account = {
  kind: 'unknown',
  report: { kind: 'none', why: 'no such account is configured' },
};
