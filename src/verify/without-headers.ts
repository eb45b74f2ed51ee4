import { waitUntilReady } from './open-sites.ts';
import { onBoth } from './pair.ts';
import type { Environment } from './plan.ts';
import type { Browser, EngineLimits } from './ports.ts';
import { type Run, withSessions } from './run.ts';

const FIRST_VISIT_MS = 15_000;
const LEFT_OUT = 'the headers of `preview.headers`';

/** The run in another browser, or why its deployments do not open there. */
export type Reached =
  | { readonly kind: 'ready'; readonly run: Run }
  | { readonly kind: 'not-ready'; readonly why: string };

/**
 * Makes the run one in a browser that does not send all headers of the configuration, because it could not keep them to the
 * preview's own host.
 *
 * In their place come the cookies that the deployments give for them in the run's own browser, as Vercel's bypass and
 * Cloudflare Access do. Whether that is enough is tried on both deployments, once.
 */
export async function withoutHeaders(
  run: Run,
  {
    browser,
    limits,
    environment,
  }: { readonly browser: Browser; readonly limits: EngineLimits } & {
    readonly environment: Environment;
  },
): Promise<Reached> {
  const headers = limits.keptHeaders(run.headers);
  if (Object.keys(run.headers).length === 0) return { kind: 'ready', run: { ...run, browser } };
  const isWhole = Object.keys(headers).length === Object.keys(run.headers).length;
  const there = {
    ...run,
    headers,
    browser: isWhole ? browser : await withCookies(run, browser, environment),
  };
  const ready = await withSessions(there, surroundings(environment), (sessions) =>
    onBoth(sessions, (session, side) =>
      waitUntilReady(session, run.sites[side] ?? run.sites.head, {
        elapsedMs: run.ports.elapsedMs,
        waitMs: 0,
        signal: run.signal,
      }),
    ),
  );
  const problem = [ready.base, ready.head].find((one) => one?.kind === 'not-ready');
  if (problem?.kind === 'not-ready')
    return { kind: 'not-ready', why: `${problem.why}${isWhole ? '' : `, without ${LEFT_OUT}`}` };
  if (!isWhole) {
    const why = 'they cannot be kept to the preview’s own host; the cookies that it gave for them are used';
    run.coverage.notReached.set(`${LEFT_OUT} (${environment.name})`, why);
  }
  return { kind: 'ready', run: there };
}

function surroundings(environment: Environment): Parameters<typeof withSessions>[1] {
  return { environment, storage: undefined, clock: { kind: 'real' } };
}

/** The browser whose sessions begin with what each deployment stores on its first visit, unless a login left more. */
async function withCookies(run: Run, browser: Browser, environment: Environment): Promise<Browser> {
  const given = await withSessions(run, surroundings(environment), (sessions) =>
    onBoth(sessions, async (session, side) => {
      await session.goto((run.sites[side] ?? run.sites.head).start.href, FIRST_VISIT_MS);
      return session.storage();
    }),
  );
  const { base } = run.sites;
  return {
    name: browser.name,
    replaced: () => browser.replaced(),
    close: () => browser.close(),
    openSession(options) {
      const own = options.site.href === base?.root.href ? given.base : given.head;
      return browser.openSession(own === undefined ? options : { storage: own, ...options });
    },
  };
}
