import { UserError } from '../domain/errors.ts';
import type { VerifyReport } from '../domain/report.ts';
import { createBudget } from './budget.ts';
import { createKnowledge } from './compare/knowledge.ts';
import { createExercised } from './exercised.ts';
import { createLedger } from './ledger.ts';
import { secretsOf } from './login/find-account.ts';
import type { Accounts } from './login/roles.ts';
import { type Readiness, waitUntilReady } from './open-sites.ts';
import { onBoth, type Pair } from './pair.ts';
import type { Environment, Plan } from './plan.ts';
import type { VerifyPorts } from './ports.ts';
import { createRanCode } from './ran/ran-code.ts';
import { emptyReport } from './report.ts';
import type { VerifyRequest } from './request.ts';
import { type Run, reportProgress, withSessions } from './run.ts';
import { isOnOrigin, type Site, toSite } from './site.ts';
import { readSiteHeaders, tellUnsent } from './site-headers.ts';
import { createSuspects } from './tour/suspects.ts';

/** What opening both takes when nothing is waited for; more is not taken from the budget. */
const OPENING_MS = 10_000;

export type OpenedRun =
  | { readonly kind: 'open'; readonly run: Run; readonly environment: Environment }
  | { readonly kind: 'not-ready'; readonly report: VerifyReport };

export interface RunParts {
  readonly request: VerifyRequest;
  readonly plan: Plan;
  readonly accounts: Accounts;
}

/** Starts the browser and opens both deployments. A base that cannot be reached leaves the head alone. */
export async function openRun(
  { request, plan, accounts }: RunParts,
  ports: VerifyPorts,
  signal: AbortSignal,
): Promise<OpenedRun> {
  const sites: Pair<Site> = {
    base: request.base === undefined ? undefined : toSite(request.base),
    head: toSite(request.head),
  };
  const [environment] = plan.environments;
  if (environment === undefined) throw new UserError('viewports is empty: name at least one window size');
  const origins = [sites.base, sites.head].flatMap((site) => (site === undefined ? [] : [site.root.origin]));
  const allowed = [...origins, ...request.settings.preview.origins];
  const { headers, secretHeaders, unsent } = await readSiteHeaders(request, ports);
  const mayVisit = (url: URL): boolean => isOnOrigin(url, allowed);
  const browser = await ports.browser.open({ mayVisit, privateHosts: request.privateHosts }, signal);
  // Waiting for a host is not driving the browser.
  let waitedMs = 0;
  const ran = createRanCode(request.affected, sites);
  const run: Run = {
    request,
    ports,
    browser,
    sites,
    headers,
    mayVisit,
    secrets: [...[...accounts.values()].flatMap(secretsOf), ...secretHeaders],
    budget: createBudget(request.settings.explore, () => ports.elapsedMs() - waitedMs),
    ...emptyAccount(plan, sites.head),
    exercised: createExercised(request, sites.head, ran),
    ran,
    signal,
  };
  noteUnsent(run, unsent);
  try {
    reportProgress(run, 'opening', request.head);
    const openedAtMs = ports.elapsedMs();
    const ready = await openBoth(run, environment);
    waitedMs = Math.max(0, ports.elapsedMs() - openedAtMs - OPENING_MS);
    if (ready.head.kind === 'not-ready') {
      await browser.close();
      const why = [ready.head.why, ...unsent.map(tellUnsent)].join('; ');
      const outcome = { kind: 'preview-not-ready', why } as const;
      return { kind: 'not-ready', report: emptyReport(run, outcome) };
    }
    if (ready.base?.kind === 'ready') return { kind: 'open', run, environment };
    run.shortfalls.add(
      ready.base === undefined
        ? `there was no base deployment to compare with${request.baseReason === undefined ? '' : ` (${request.baseReason})`}`
        : `the base deployment could not be compared with: ${ready.base.why}`,
    );
    return { kind: 'open', run: { ...run, sites: { base: undefined, head: sites.head } }, environment };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

function noteUnsent(
  { coverage, shortfalls }: Run,
  unsent: readonly Parameters<typeof tellUnsent>[0][],
): void {
  for (const one of unsent) {
    coverage.notReached.set(`header ${one.name}`, one.why);
    shortfalls.add(tellUnsent(one));
  }
}

/** What a run knows before it has done anything. */
function emptyAccount(plan: Plan, head: Site) {
  return {
    ledger: createLedger(head),
    coverage: {
      states: new Set<string>(),
      transitions: new Set<string>(),
      pages: new Set<string>(),
      notReached: new Map(plan.notReached.map(({ what, why }) => [what, why])),
      refused: new Set<string>(),
    },
    keepers: new Map<never, never>(),
    pictures: { found: new Map<string, never>(), still: new Set<string>(), changing: new Set<string>() },
    knowledge: createKnowledge(),
    suspects: createSuspects(),
    looked: new Set<string>(),
    watching: { ms: 0, hasSkipped: false },
    noise: new Map<string, never>(),
    shortfalls: new Set<string>(),
    unfinished: new Map<string, never>(),
  } satisfies Partial<Run>;
}

async function openBoth(run: Run, environment: Environment): Promise<Pair<Readiness>> {
  const { ports, request, signal } = run;
  return withSessions(run, { environment, storage: undefined, clock: { kind: 'real' } }, (sessions) =>
    onBoth(sessions, (session, side) =>
      waitUntilReady(session, run.sites[side] ?? run.sites.head, {
        elapsedMs: ports.elapsedMs,
        waitMs: request.readyWaitMs,
        sent: Object.keys(run.headers),
        signal,
      }),
    ),
  );
}
