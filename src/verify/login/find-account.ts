import type { VerifyReport } from '../../domain/report.ts';
import type { SecretSource } from '../ports.ts';
import type { VerifyRequest } from '../request.ts';
import { isSecretFill, type LoginSettings } from '../settings.ts';

export type LoginReport = VerifyReport['login'];

/** The test account's values; which there are depends on how it logs in. */
export interface Credentials {
  readonly username?: string;
  readonly password?: string;
  readonly totpKey?: string;
  /** Where messages to the account arrive. */
  readonly mail?: string;
  /** A storage state as JSON. */
  readonly state?: string;
  /** Everything by the names of the secrets, for the steps of the configuration. */
  readonly values?: ReadonlyMap<string, string>;
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
  return { kind: 'known', settings, credentials: toCredentials(settings, values) };
}

function toCredentials(settings: LoginSettings, values: ReadonlyMap<string, string>): Credentials {
  const named: Credentials = { values };
  const entries = [
    ['username', settings.username],
    ['password', settings.password],
    ['totpKey', settings.totp],
    ['mail', settings.mail],
    ['state', settings.state],
  ] as const;
  return entries.reduce((found, [key, ref]) => {
    const value = ref === undefined ? undefined : values.get(ref.secret);
    return value === undefined ? found : { ...found, [key]: value };
  }, named);
}

/** Names of the secrets that a login needs, each once. */
export function secretsOfLogin(settings: LoginSettings): readonly string[] {
  const { username, password, totp, mail, state, steps = [] } = settings;
  const names = [username, password, totp, mail, state].flatMap((ref) =>
    ref === undefined ? [] : [ref.secret],
  );
  const filled = steps.flatMap((step) => {
    if (!isSecretFill(step)) return [];
    return ['secret' in step.fill.value ? step.fill.value.secret : step.fill.value.totp];
  });
  return [...new Set([...names, ...filled])];
}

/** What must not be seen of an account: its values, and those inside its stored state. */
export function secretsOf(account: Account): readonly string[] {
  if (account.kind === 'unknown') return [];
  const { values = new Map<string, string>(), state } = account.credentials;
  return [...values.values(), ...(state === undefined ? [] : valuesOfState(state))];
}

/** Shorter values of cookies and storage are settings, such as `dark`, and no secrets. */
const MIN_STORED = 12;

/** Cookies and stored values of a storage state, which are as good as a password. */
function valuesOfState(json: string): readonly string[] {
  const found = new Set<string>();
  try {
    JSON.parse(json, (key, value: unknown) => {
      if (key === 'value' && typeof value === 'string' && value.length >= MIN_STORED) found.add(value);
      return value;
    });
  } catch {
    // A state that is no JSON is refused where it is used.
  }
  return [...found];
}

/** `A`, `A and B`, `A, B and C`. */
function inList(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
