import { access } from 'node:fs/promises';
import { firefox, webkit } from 'playwright';
import { BrowserLostError, TransientError, UserError } from '../domain/errors.ts';
import type { Browser, BrowserLauncher, BrowserPolicy, Session, SessionOptions } from '../verify/ports.ts';
import { bounded } from './bounded.ts';
import { type FilteringProxy, KNOCK_ANSWER, startFilteringProxy } from './filtering-proxy.ts';
import type { BrowserHost } from './hosts/browser-host.ts';
import { type BrowserPool, createBrowserPool, type Lease } from './hosts/browser-pool.ts';
import { remotePlace } from './hosts/connect-remote.ts';
import { startLocal } from './hosts/start-local.ts';
import { createLastingSession } from './lasting-session.ts';
import { openSession } from './open-session.ts';

/** Times that a run gets another browser. */
const MAX_REPLACED = 3;
const KNOCK_MS = 15_000;

export interface BrowserOptions {
  /** The browser to start; found on the system when left out. */
  readonly executablePath?: string;
  /** WebSocket addresses of Playwright servers to use instead; none or left out: a browser of this machine. */
  readonly endpoints?: readonly string[];
  /** Address of this machine under which those servers reach the filtering proxy; 127.0.0.1 when left out. */
  readonly proxyHost?: string;
}

/**
 * Leads runs to browsers: many contexts in one process, or in one at each remote server, balanced by their running contexts.
 * The traffic of each run passes a filtering proxy of its own.
 */
export function createBrowserLauncher(options: BrowserOptions = {}): BrowserLauncher {
  const { endpoints = [], executablePath } = options;
  const places =
    endpoints.length > 0
      ? endpoints.map(remotePlace)
      : [{ name: 'this machine', start: () => startLocal(executablePath) }];
  const pool = createBrowserPool(places, () => performance.now());
  return { open: (policy, signal) => openIn(pool, { ...options, policy }, signal), whyNotIn };
}

/** Opens one browser for one run. */
export function openBrowser(
  { policy, ...options }: BrowserOptions & { readonly policy: BrowserPolicy },
  signal: AbortSignal,
): Promise<Browser> {
  return createBrowserLauncher(options).open(policy, signal);
}

async function openIn(
  pool: BrowserPool,
  { policy, proxyHost }: BrowserOptions & { readonly policy: BrowserPolicy },
  signal: AbortSignal,
): Promise<Browser> {
  signal.throwIfAborted();
  const proxy = await startFilteringProxy({
    privateHosts: policy.privateHosts,
    ...(proxyHost === undefined ? {} : { reachedAs: proxyHost }),
  });
  try {
    return createRunBrowser(await takeReaching(pool, proxy, signal), { pool, proxy, policy, signal });
  } catch (error) {
    await proxy.close();
    throw error;
  }
}

/** Sessions speak the protocol of Chromium's developer tools, which the other engines do not have. */
async function whyNotIn(engine: 'firefox' | 'webkit'): Promise<string> {
  const path = { firefox, webkit }[engine].executablePath();
  const isInstalled = await access(path).then(
    () => true,
    () => false,
  );
  return isInstalled
    ? 'not tried: it is installed, but this version drives Chromium only'
    : 'not tried: not installed';
}

interface RunParts {
  readonly pool: BrowserPool;
  readonly proxy: FilteringProxy;
  readonly policy: BrowserPolicy;
  readonly signal: AbortSignal;
}

function createRunBrowser(first: Lease, { pool, proxy, policy, signal }: RunParts): Browser {
  let lease = first;
  let replaced = 0;
  let replacing: Promise<void> | undefined;
  let closing: Promise<void> | undefined;
  const endings: Promise<void>[] = [];
  const open = new Map<Session, { readonly lease: Lease; readonly end: () => void }>();

  const close = (): Promise<void> => {
    signal.removeEventListener('abort', onAbort);
    closing ??= (async () => {
      // The last lease ends the browser, and every context with it.
      await Promise.all([...open.keys()].map((session) => session.close()));
      await Promise.all([...endings, lease.release()]);
      await proxy.close();
    })();
    return closing;
  };
  // Ending is best effort here: whoever aborted does not wait, and `close` never rejects.
  const onAbort = (): void => void close();
  signal.addEventListener('abort', onAbort);

  const replace = async (lost: Lease): Promise<void> => {
    if (lease !== lost) return;
    replacing ??= (async () => {
      if (replaced >= MAX_REPLACED) {
        throw new BrowserLostError(`the browser ended ${replaced + 1} times and was not started again`);
      }
      // A browser that is gone has nothing to say about its end.
      endings.push(lost.release());
      lease = await takeReaching(pool, proxy, signal);
      replaced += 1;
    })().finally(() => {
      replacing = undefined;
    });
    await replacing;
  };

  const openOn = async (options: SessionOptions): Promise<Session> => {
    for (;;) {
      const { host } = lease;
      const at = lease;
      const end = at.countContext();
      try {
        const session = await openSession(host.browser, options, { policy, proxy, isRemote: host.isRemote });
        open.set(session, { lease: at, end });
        return session;
      } catch (error) {
        end();
        if (closing !== undefined || !(await host.isGone())) throw error;
        await replace(at);
      }
    }
  };

  const forget = (session: Session): void => {
    open.get(session)?.end();
    open.delete(session);
  };
  return {
    name: first.host.name,
    replaced: () => replaced,
    async openSession(options) {
      const session = createLastingSession(await openOn(options), {
        isLost: async (one) => closing === undefined && (await open.get(one)?.lease.host.isGone()) === true,
        async reopen(lost) {
          const known = open.get(lost);
          forget(lost);
          if (known !== undefined) await replace(known.lease);
          return openOn(options);
        },
        onClose: forget,
      });
      return session;
    },
    close,
  };
}

/** A browser that reaches the run's proxy. What cannot be led through it is not used: nothing may go unfiltered. */
async function takeReaching(pool: BrowserPool, proxy: FilteringProxy, signal: AbortSignal): Promise<Lease> {
  const lease = await pool.take(signal);
  if (!lease.host.isRemote || (await reaches(lease.host, proxy))) return lease;
  const hasEnded = await lease.host.isGone();
  await lease.release();
  if (hasEnded) throw new TransientError(`${lease.host.name} ended while it was opened`);
  throw new UserError(
    `${lease.host.name} does not reach Firsthand’s filtering proxy at ${proxy.url}, and is not used without it: set FIRSTHAND_BROWSER_PROXY_HOST to an address of this machine that the browser server reaches, and let it through to all ports`,
  );
}

/** Whether a context of the browser gets the proxy’s own answer when it is led through it. */
async function reaches({ browser }: BrowserHost, proxy: FilteringProxy): Promise<boolean> {
  const context = await bounded(
    browser.newContext({ proxy: { server: proxy.url, bypass: '<-loopback>' } }),
    KNOCK_MS,
  );
  if (context === undefined) return false;
  try {
    const asked = context.newPage().then(async (page) => {
      const answer = await page.goto(proxy.knock, { timeout: KNOCK_MS });
      return (await answer?.text()) === KNOCK_ANSWER;
    });
    return (await bounded(asked, KNOCK_MS)) === true;
  } finally {
    await bounded(context.close(), KNOCK_MS);
  }
}
