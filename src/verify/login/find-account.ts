import type { VerifyReport } from '../../domain/report.ts';
import type { SecretSource } from '../ports.ts';
import type { VerifyRequest } from '../request.ts';
import type { LoginSettings } from '../settings.ts';

export type LoginReport = VerifyReport['login'];

/** The test account's values; which there are depends on how it logs in. */
export interface Credentials {
  readonly username?: string;
  readonly password?: string;
  readonly totpKey?: string;
}

/** What the run knows of one test account. */
export type Account =
  | { readonly kind: 'known'; readonly settings: LoginSettings; readonly credentials: Credentials }
  | { readonly kind: 'unknown'; readonly report: LoginReport };

/** Looks an account's values up. `none` and `could-not-try` say why there are none. */
export async function findAccount(
  settings: LoginSettings | undefined,
  allowed: VerifyRequest['credentials'],
  secrets: SecretSource,
): Promise<Account> {
  if (settings === undefined)
    return { kind: 'unknown', report: { kind: 'none', why: 'no login is configured' } };
  const unknown = (reason: 'withheld' | 'no-secret', why: string): Account => ({
    kind: 'unknown',
    report: { kind: 'could-not-try', why, reason },
  });
  if (allowed.kind === 'withheld') return unknown('withheld', allowed.why);
  const values = new Map<string, string>();
  const missing: string[] = [];
  for (const name of secretsOfLogin(settings)) {
    const value = await secrets.find(name);
    if (value === undefined) missing.push(name);
    else values.set(name, value);
  }
  if (missing.length > 0) {
    const what = missing.length === 1 ? 'secret' : 'secrets';
    return unknown('no-secret', `no value is stored for the ${what} ${inList(missing)}`);
  }
  const find = (ref: LoginSettings['totp']): string | undefined =>
    ref === undefined ? undefined : values.get(ref.secret);
  const [username, password, totpKey] = [settings.username, settings.password, settings.totp].map(find);
  const credentials: Credentials = {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(totpKey === undefined ? {} : { totpKey }),
  };
  return { kind: 'known', settings, credentials };
}

/** Names of the secrets that a login needs, each once. */
export function secretsOfLogin({ username, password, totp }: LoginSettings): readonly string[] {
  const names = [username, password, totp].flatMap((ref) => (ref === undefined ? [] : [ref.secret]));
  return [...new Set(names)];
}

/** `A`, `A and B`, `A, B and C`. */
function inList(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
