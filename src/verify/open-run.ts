import { UserError } from '../domain/errors.ts';
import type { VerifyReport } from '../domain/report.ts';
import { createBudget } from './budget.ts';
import { createKnowledge } from './compare/knowledge.ts';
import { createLedger } from './ledger.ts';
import type { Account } from './login/find-account.ts';
import { type Readiness, waitUntilReady } from './open-sites.ts';
import { onBoth, type Pair } from './pair.ts';
import type { Environment, Plan } from './plan.ts';
import type { VerifyPorts } from './ports.ts';
import { emptyReport } from './report.ts';
import type { VerifyRequest } from './request.ts';
import { type Run, reportProgress, withSessions } from './run.ts';
import { isOnOrigin, type Site, toSite } from './site.ts';
import { createSuspects } from './tour/suspects.ts';

export type OpenedRun =
  | { readonly kind: 'open'; readonly run: Run; readonly environment: Environment }
  | { readonly kind: 'not-ready'; readonly report: VerifyReport };

export interface RunParts {
  readonly request: VerifyRequest;
  readonly plan: Plan;
  readonly account: Account;
}

/** Starts the browser and opens both deployments. A base that cannot be reached leaves the head alone. */
export async function openRun(
  { request, plan, account }: RunParts,
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
  const { headers, secretHeaders, unsent } = await readHeaders(request, ports);
  const mayVisit = (url: URL): boolean => isOnOrigin(url, allowed);
  const browser = await ports.browser.open({ mayVisit, privateHosts: request.privateHosts }, signal);
  const run: Run = {
    request,
    ports,
    browser,
    sites,
    headers,
    mayVisit,
    secrets: [...secretsOf(account), ...secretHeaders],
    budget: createBudget(request.settings.explore, ports.elapsedMs),
    ...emptyAccount(plan, sites.head),
    signal,
  };
  for (const { name, why } of unsent) {
    run.coverage.notReached.set(`header ${name}`, why);
    run.shortfalls.add(tellUnsent({ name, why }));
  }
  try {
    reportProgress(run, 'opening', request.head);
    const ready = await openBoth(run, environment);
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
    pictures: { found: new Map<string, never>(), still: new Set<string>(), changing: new Set<string>() },
    knowledge: createKnowledge(),
    suspects: createSuspects(),
    noise: new Map<string, never>(),
    shortfalls: new Set(plan.untried.map((what) => `the environment with ${what} was not tried`)),
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
        signal,
      }),
    ),
  );
}

function secretsOf(account: Account): readonly string[] {
  if (account.kind === 'unknown') return [];
  const { username, password, totpKey } = account.credentials;
  return [username, password, totpKey].filter((value) => value !== undefined);
}

interface ConfiguredHeaders {
  readonly headers: Readonly<Record<string, string>>;
  readonly secretHeaders: readonly string[];
  readonly unsent: readonly UnsentHeader[];
}

interface UnsentHeader {
  readonly name: string;
  readonly why: string;
}

function tellUnsent({ name, why }: UnsentHeader): string {
  return `the header ${name} was not sent: ${why}`;
}

/** Headers whose secret is not stored are left out, and the preview then answers as it does to a stranger. */
async function readHeaders(
  { settings, credentials }: VerifyRequest,
  { secrets }: VerifyPorts,
): Promise<ConfiguredHeaders> {
  const headers: Record<string, string> = {};
  const secretHeaders: string[] = [];
  const unsent: UnsentHeader[] = [];
  for (const [name, value] of Object.entries(settings.preview.headers)) {
    if (typeof value === 'string') {
      headers[name] = value;
      continue;
    }
    if (credentials.kind === 'withheld') {
      unsent.push({
        name,
        why: `its secret ${value.secret} is withheld: ${credentials.why}`,
      });
      continue;
    }
    const secret = await secrets.find(value.secret);
    if (secret === undefined) {
      unsent.push({ name, why: `no value is stored for the secret ${value.secret}` });
      continue;
    }
    headers[name] = secret;
    secretHeaders.push(secret);
  }
  return { headers, secretHeaders, unsent };
}
