import { TransientError } from '../domain/errors.ts';
import type { Environment } from './plan.ts';
import type { Run } from './run.ts';
import { withoutHeaders } from './without-headers.ts';

/** What became of work in the engine of an environment. */
export type InEngine<Result> =
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'not-tried'; readonly why: string };

/**
 * Does `work` in the browser of an environment: the run's own, or another engine that is opened for it and closed again.
 *
 * What that engine leaves out is named in the coverage. That it cannot be had, or ends, costs the run nothing else.
 */
export async function inEngineOf<Result>(
  run: Run,
  environment: Environment,
  work: (run: Run) => Promise<Result>,
): Promise<InEngine<Result>> {
  const { engine, network, viewport, name } = environment;
  if (engine === undefined) return { kind: 'done', result: await work(run) };
  const policy = { mayVisit: run.mayVisit, privateHosts: run.request.privateHosts };
  const opened = await run.ports.browser.openOther?.(engine, policy, run.signal);
  if (opened?.kind !== 'open')
    return { kind: 'not-tried', why: opened?.why ?? 'there is no other engine than Chromium' };
  const { browser } = opened;
  try {
    const { limits } = browser;
    const why = limits?.whyNotOpened({ network });
    if (why !== undefined) return { kind: 'not-tried', why };
    const reached =
      limits === undefined
        ? ({ kind: 'ready', run: { ...run, browser } } as const)
        : await withoutHeaders(run, { browser, limits, environment });
    if (reached.kind === 'not-ready') return { kind: 'not-tried', why: reached.why };
    const { login, accounts } = run.request.settings;
    const isLoggedIn = login !== undefined || Object.keys(accounts).length > 0;
    for (const one of limits?.notTried({ viewport, isLoggedIn }) ?? [])
      run.coverage.notReached.set(`${one.what} (${name})`, one.why);
    return { kind: 'done', result: await work(reached.run) };
  } catch (error) {
    if (error instanceof TransientError) return { kind: 'not-tried', why: error.message };
    throw error;
  } finally {
    await browser.close();
  }
}
