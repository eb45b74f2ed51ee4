import { onBoth, type Pair, zip } from '../pair.ts';
import { decodePng } from '../pictures/decode-png.ts';
import { cutTop } from '../pictures/evidence.ts';
import type { Environment } from '../plan.ts';
import type { StorageState } from '../ports.ts';
import { type Run, reportProgress, withSessions } from '../run.ts';
import type { LoginContext } from './attempt.ts';
import type { Account, LoginReport } from './find-account.ts';
import { logIn } from './log-in.ts';
import type { FailedLogin, LoginResult } from './login-result.ts';

export interface BothLogins {
  readonly report: LoginReport;
  readonly storage: Pair<StorageState> | undefined;
  /** Where the head's login form was; absent when it has none. */
  readonly path?: string | undefined;
}

/** Logs in on both sides at once. A head that refuses what the base accepts is a finding. */
export async function logInOnBoth(run: Run, account: Account, environment: Environment): Promise<BothLogins> {
  if (account.kind === 'unknown') return { report: account.report, storage: undefined };
  const { settings } = account;
  reportProgress(
    run,
    'logging-in',
    settings.path === undefined ? 'looking for the login' : `at ${settings.path}`,
  );
  return withSessions(run, { environment, storage: undefined, clock: { kind: 'real' } }, async (sessions) => {
    const results = await onBoth(zip(sessions, run.sites), ([session, site]) =>
      logIn(session, contextOf(run, account, site)),
    );
    await keepPictures(run, results);
    return judgeLogins(run, results, { account, environment });
  });
}

type KnownAccount = Account & { readonly kind: 'known' };

function contextOf(
  run: Run,
  { settings, credentials }: KnownAccount,
  site: LoginContext['site'],
): LoginContext {
  return {
    site,
    settings,
    credentials,
    elapsedMs: run.ports.elapsedMs,
    waitMs: run.request.loginWaitMs,
    now: () => new Date(run.request.startedAt.getTime() + run.ports.elapsedMs()),
    mayVisit: run.mayVisit,
    signal: run.signal,
  };
}

function judgeLogins(
  run: Run,
  { base, head }: Pair<LoginResult>,
  { account, environment }: { readonly account: KnownAccount; readonly environment: Environment },
): BothLogins {
  if (head.kind === 'ok' && (base === undefined || base.kind === 'ok')) {
    return {
      report: { kind: 'ok', why: head.why },
      storage: { base: base?.storage, head: head.storage },
      path: head.path,
    };
  }
  if (head.kind !== 'ok') {
    if (base?.kind === 'ok')
      run.ledger.add(brokenLogin(run, head, { account, environment, path: base.path }), 'once');
    return {
      report: { kind: head.kind, why: withPicture(head, 'head'), reason: head.reason },
      storage: undefined,
    };
  }
  const failed = base === undefined || base.kind === 'ok' ? undefined : base;
  const why = failed === undefined ? '' : withPicture(failed, 'base');
  return {
    report: {
      kind: 'could-not-try',
      why: `it worked on the head and not on the base: ${why}`,
      ...(failed === undefined ? {} : { reason: failed.reason }),
    },
    storage: undefined,
  };
}

function withPicture(result: FailedLogin, side: 'base' | 'head'): string {
  return result.picture === undefined ? result.why : `${result.why} (picture: login-${side}.png)`;
}

async function keepPictures(run: Run, results: Pair<LoginResult>): Promise<void> {
  await onBoth(results, async (result, side) => {
    if (result.kind === 'ok' || result.picture === undefined) return;
    await run.ports.artifacts.write(`login-${side}.png`, result.picture);
  });
}

interface Broken {
  readonly account: KnownAccount;
  readonly environment: Environment;
  /** Where the base's form was. */
  readonly path: string | undefined;
}

function brokenLogin(run: Run, result: FailedLogin, { account, environment, path }: Broken) {
  const { picture } = result;
  const shown = path ?? account.settings.path ?? '/';
  return {
    key: 'login',
    category: 'flow',
    severity: 'critical',
    source: 'firsthand/login',
    title: `The test account can no longer log in: ${result.why}`.slice(0, 200),
    body: 'The same account logs in on the base.',
    expected: 'the account logs in',
    actual: result.why,
    steps: [{ goto: shown }],
    url: new URL(shown.replace(/^\/+/, ''), run.sites.head.root).href,
    environment: environment.name,
    ...(picture === undefined ? {} : { evidence: () => ({ actual: cutTop(decodePng(picture)) }) }),
  } as const;
}
