import type { VerifyReport } from '../domain/report.ts';
import { type Credentials, type LoginResult, logIn } from './log-in.ts';
import { onBoth, type Pair, zip } from './pair.ts';
import { decodePng } from './pictures/decode-png.ts';
import { cutTop } from './pictures/evidence.ts';
import type { Environment } from './plan.ts';
import type { SecretSource, StorageState } from './ports.ts';
import type { VerifyRequest } from './request.ts';
import { type Run, reportProgress, withSessions } from './run.ts';
import type { SecretRef } from './settings.ts';

export type LoginReport = VerifyReport['login'];

/** What the run knows of the test account. */
export type Account =
  | { readonly kind: 'known'; readonly credentials: Credentials }
  | { readonly kind: 'unknown'; readonly report: LoginReport };

/** Looks the test account's values up. `none` and `could-not-try` say why there are none. */
export async function findAccount(
  { settings, credentials }: VerifyRequest,
  secrets: SecretSource,
): Promise<Account> {
  const { login } = settings;
  const unknown = (kind: 'none' | 'could-not-try', why: string): Account => ({
    kind: 'unknown',
    report: { kind, why },
  });
  if (login === undefined) return unknown('none', 'no login is configured');
  if (credentials.kind === 'withheld') return unknown('could-not-try', credentials.why);
  const find = async (ref: SecretRef | undefined): Promise<string | undefined> =>
    ref === undefined ? undefined : secrets.find(ref.secret);
  const [username, password, totpKey] = await Promise.all([
    find(login.username),
    find(login.password),
    find(login.totp),
  ]);
  const missing = [login.username, login.password, login.totp]
    .filter((ref, index) => ref !== undefined && [username, password, totpKey][index] === undefined)
    .flatMap((ref) => (ref === undefined ? [] : [ref.secret]));
  if (username === undefined || password === undefined || missing.length > 0) {
    return unknown(
      'could-not-try',
      `no value is stored for the ${missing.length === 1 ? 'secret' : 'secrets'} ${inList(missing)}`,
    );
  }
  return {
    kind: 'known',
    credentials: { username, password, ...(totpKey === undefined ? {} : { totpKey }) },
  };
}

/** `A`, `A and B`, `A, B and C`. */
function inList(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

export interface BothLogins {
  readonly report: LoginReport;
  readonly storage: Pair<StorageState> | undefined;
}

/** Logs in on both sides at once. A head that refuses what the base accepts is a finding. */
export async function logInOnBoth(run: Run, account: Account, environment: Environment): Promise<BothLogins> {
  const settings = run.request.settings.login;
  if (account.kind === 'unknown' || settings === undefined) {
    const report: LoginReport =
      account.kind === 'unknown' ? account.report : { kind: 'none', why: 'no login is configured' };
    return { report, storage: undefined };
  }
  reportProgress(run, 'logging-in', `at ${settings.path}`);
  return withSessions(run, { environment, storage: undefined, clock: { kind: 'real' } }, async (sessions) => {
    const results = await onBoth(zip(sessions, run.sites), ([session, site]) =>
      logIn(session, {
        site,
        settings,
        credentials: account.credentials,
        elapsedMs: run.ports.elapsedMs,
        waitMs: run.request.loginWaitMs,
        now: () => new Date(run.request.startedAt.getTime() + run.ports.elapsedMs()),
        signal: run.signal,
      }),
    );
    await keepPictures(run, results);
    const { base, head } = results;
    if (head.kind === 'ok' && (base === undefined || base.kind === 'ok')) {
      return {
        report: { kind: 'ok', why: head.why },
        storage: { base: base?.storage, head: head.storage },
      };
    }
    if (head.kind !== 'ok') {
      if (base?.kind === 'ok') run.ledger.add(brokenLogin(run, head, environment), 'once');
      return { report: { kind: head.kind, why: withPicture(head, 'head') }, storage: undefined };
    }
    const why = base === undefined || base.kind === 'ok' ? '' : withPicture(base, 'base');
    return {
      report: { kind: 'could-not-try', why: `it worked on the head and not on the base: ${why}` },
      storage: undefined,
    };
  });
}

function withPicture(result: Exclude<LoginResult, { kind: 'ok' }>, side: 'base' | 'head'): string {
  return result.picture === undefined ? result.why : `${result.why} (picture: login-${side}.png)`;
}

async function keepPictures(run: Run, results: Pair<LoginResult>): Promise<void> {
  await onBoth(results, async (result, side) => {
    if (result.kind === 'ok' || result.picture === undefined) return;
    await run.ports.artifacts.write(`login-${side}.png`, result.picture);
  });
}

function brokenLogin(run: Run, result: Exclude<LoginResult, { kind: 'ok' }>, environment: Environment) {
  const { picture } = result;
  const path = run.request.settings.login?.path ?? '/login';
  return {
    key: 'login',
    category: 'flow',
    severity: 'critical',
    source: 'firsthand/login',
    title: `The test account can no longer log in: ${result.why}`.slice(0, 200),
    body: 'The same account logs in on the base.',
    expected: 'the account logs in',
    actual: result.why,
    steps: [{ goto: path }],
    url: new URL(path.replace(/^\/+/, ''), run.sites.head.root).href,
    environment: environment.name,
    ...(picture === undefined ? {} : { evidence: () => ({ actual: cutTop(decodePng(picture)) }) }),
  } as const;
}
