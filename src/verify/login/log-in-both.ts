import { invariant } from '../../lib/invariant.ts';
import { onBoth, type Pair, zip } from '../pair.ts';
import { decodePng } from '../pictures/decode-png.ts';
import { cutTop } from '../pictures/evidence.ts';
import type { Environment } from '../plan.ts';
import type { Session, StorageState } from '../ports.ts';
import { type Run, reportProgress, withSessions } from '../run.ts';
import type { Site } from '../site.ts';
import type { LoginContext } from './attempt.ts';
import type { Account, LoginReport } from './find-account.ts';
import { createLoginKeeper } from './keep-logged-in.ts';
import { logIn } from './log-in.ts';
import { logInBySteps } from './log-in-by-steps.ts';
import type { FailedLogin, LoginResult } from './login-result.ts';
import { useStoredState } from './use-state.ts';

export interface BothLogins {
  readonly report: LoginReport;
  readonly storage: Pair<StorageState> | undefined;
  /** Where the head's login form was; absent when it has none. */
  readonly path?: string | undefined;
}

/** In what, and as whom, an account logs in. */
export interface Where {
  readonly environment: Environment;
  /** Its name in `accounts`; the usual account has none. */
  readonly role: string | undefined;
}

/** Logs in on both sides at once. A head that refuses what the base accepts is a finding. */
export async function logInOnBoth(
  run: Run,
  account: Account,
  { environment, role }: Where,
): Promise<BothLogins> {
  if (account.kind === 'unknown') return { report: account.report, storage: undefined };
  const { settings } = account;
  reportProgress(
    run,
    'logging-in',
    settings.path === undefined ? 'looking for the login' : `at ${settings.path}`,
  );
  const results = await withSessions(
    run,
    { environment, storage: undefined, clock: { kind: 'real' } },
    async (sessions) => logInEach(run, account, zip(sessions, run.sites)),
  );
  await keepPictures(run, results, role);
  keepAlive(run, results, { account, environment });
  return judgeLogins(run, results, { account, environment, role });
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

/** Both sides at once, or one after the other where what is mailed to the account could be either's. */
async function logInEach(
  run: Run,
  account: KnownAccount,
  sides: Pair<readonly [Session, Site]>,
): Promise<Pair<LoginResult>> {
  const address = account.credentials.mail;
  if (address === undefined || run.ports.mail === undefined) {
    return onBoth(sides, ([session, site]) => logInOne(session, contextOf(run, account, site)));
  }
  const results: { base?: LoginResult; head?: LoginResult } = {};
  for (const side of ['base', 'head'] as const) {
    const [session, site] = sides[side] ?? [];
    if (session === undefined || site === undefined) continue;
    const mailbox = await run.ports.mail.open(address, run.signal);
    try {
      results[side] = await logInOne(session, { ...contextOf(run, account, site), mailbox });
    } finally {
      mailbox.close();
    }
  }
  invariant(results.head !== undefined, 'there is always a head');
  return { base: results.base, head: results.head };
}

function logInOne(session: Session, context: LoginContext): Promise<LoginResult> {
  const { state } = context.credentials;
  const { steps } = context.settings;
  const attempt = { session, context };
  if (state !== undefined) return useStoredState(attempt, state);
  return steps === undefined ? logIn(session, context) : logInBySteps(attempt, steps);
}

/** Logs in again, in the same way, when a session ends in the middle of the run. */
function keepAlive(
  run: Run,
  results: Pair<LoginResult>,
  { account, environment }: { readonly account: KnownAccount; readonly environment: Environment },
): void {
  for (const side of ['base', 'head'] as const) {
    const [result, site] = [results[side], run.sites[side]];
    if (result?.kind !== 'ok' || site === undefined) continue;
    const renew = async (): Promise<StorageState | undefined> => {
      const alone = { ...run, sites: { base: undefined, head: site } };
      const again = await withSessions(
        alone,
        { environment, storage: undefined, clock: { kind: 'real' } },
        (sessions) => logInEach(alone, account, zip(sessions, alone.sites)),
      );
      return again.head.kind === 'ok' ? again.head.storage : undefined;
    };
    run.keepers.set(
      result.storage,
      createLoginKeeper({ site, storage: result.storage, path: result.path, renew }),
    );
  }
}

function judgeLogins(
  run: Run,
  { base, head }: Pair<LoginResult>,
  { account, environment, role }: Where & { readonly account: KnownAccount },
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
      run.ledger.add(brokenLogin(run, head, { account, environment, role, path: base.path }), 'once');
    return {
      report: { kind: head.kind, why: withPicture(head, pictureName('head', role)), reason: head.reason },
      storage: undefined,
    };
  }
  const failed = base === undefined || base.kind === 'ok' ? undefined : base;
  const why = failed === undefined ? '' : withPicture(failed, pictureName('base', role));
  return {
    report: {
      kind: 'could-not-try',
      why: `it worked on the head and not on the base: ${why}`,
      ...(failed === undefined ? {} : { reason: failed.reason }),
    },
    storage: undefined,
  };
}

function pictureName(side: 'base' | 'head', role: string | undefined): string {
  return `login-${role === undefined ? '' : `${role}-`}${side}.png`;
}

function withPicture(result: FailedLogin, name: string): string {
  return result.picture === undefined ? result.why : `${result.why} (picture: ${name})`;
}

async function keepPictures(run: Run, results: Pair<LoginResult>, role: string | undefined): Promise<void> {
  await onBoth(results, async (result, side) => {
    if (result.kind === 'ok' || result.picture === undefined) return;
    await run.ports.artifacts.write(pictureName(side, role), result.picture);
  });
}

interface Broken extends Where {
  readonly account: KnownAccount;
  /** Where the base's form was. */
  readonly path: string | undefined;
}

function brokenLogin(run: Run, result: FailedLogin, { account, environment, role, path }: Broken) {
  const { picture } = result;
  const shown = path ?? account.settings.path ?? '/';
  return {
    key: role === undefined ? 'login' : `login as ${role}`,
    category: 'flow',
    severity: 'critical',
    source: 'firsthand/login',
    title:
      `The ${role === undefined ? 'test account' : `account “${role}”`} can no longer log in: ${result.why}`.slice(
        0,
        200,
      ),
    body: 'The same account logs in on the base.',
    expected: 'the account logs in',
    actual: result.why,
    steps: [{ goto: shown }],
    url: new URL(shown.replace(/^\/+/, ''), run.sites.head.root).href,
    environment: environment.name,
    ...(picture === undefined ? {} : { evidence: () => ({ actual: cutTop(decodePng(picture)) }) }),
  } as const;
}

/** What is told of the login at the end of a run: also how often it had to be done again. */
export function tellLogin({ keepers }: Run, report: LoginReport): LoginReport {
  const renewals = [...keepers.values()].reduce((sum, keeper) => sum + keeper.renewals(), 0);
  if (report.kind !== 'ok' || renewals === 0) return report;
  const times = renewals === 1 ? 'once' : `${renewals} times`;
  return {
    ...report,
    why: `${report.why}; a session ended in the middle, and the account was logged in again ${times}`,
  };
}
