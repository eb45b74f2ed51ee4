import { BrowserLostError, TransientError, UserError } from '../domain/errors.ts';
import type {
  Browser,
  BrowserLauncher,
  BrowserPolicy,
  EngineLimits,
  Session,
  SessionOptions,
} from '../verify/ports.ts';
import { type EngineName, isInstalled, limitsOf } from './engine/engines.ts';
import { type FilteringProxy, startFilteringProxy } from './filtering-proxy.ts';
import { type BrowserPool, createBrowserPool, type Lease, type Place } from './hosts/browser-pool.ts';
import { remotePlace } from './hosts/connect-remote.ts';
import { reachesOnlyProxy } from './hosts/reaches-proxy.ts';
import { startLocal } from './hosts/start-local.ts';
import { startOther } from './hosts/start-other.ts';
import { createLastingSession } from './lasting-session.ts';
import { openSession } from './open-session.ts';

/** Times that a run gets another browser. */
const MAX_REPLACED = 3;

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
export function createBrowserLauncher(
  options: BrowserOptions = {},
  start: typeof startOther = startOther,
): BrowserLauncher {
  const { endpoints = [], executablePath } = options;
  const now = (): number => performance.now();
  const poolOf = (here: Place['start'], engine: EngineName): BrowserPool =>
    createBrowserPool(
      endpoints.length > 0
        ? endpoints.map((endpoint) => remotePlace(endpoint, engine))
        : [{ name: 'this machine', start: here }],
      now,
    );
  const pool = poolOf(() => startLocal(executablePath), 'chromium');
  const others = {
    firefox: poolOf(() => start('firefox'), 'firefox'),
    webkit: poolOf(() => start('webkit'), 'webkit'),
  };
  return {
    open: (policy, signal) => openIn(pool, { ...options, policy }, signal),
    async openOther(engine, policy, signal) {
      try {
        return { kind: 'open', browser: await openIn(others[engine], { ...options, policy }, signal) };
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof UserError || error instanceof TransientError)
          return { kind: 'missing', why: error.message };
        throw error;
      }
    },
    async otherEngines() {
      const names = ['firefox', 'webkit'] as const;
      const found = await Promise.all(
        names.map(async (engine) => (endpoints.length === 0 && (await isInstalled(engine)) ? [engine] : [])),
      );
      return found.flat();
    },
  };
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
    return new RunBrowser(await takeReaching(pool, proxy, signal), { pool, proxy, policy, signal });
  } catch (error) {
    await proxy.close();
    throw error;
  }
}

interface RunParts {
  readonly pool: BrowserPool;
  readonly proxy: FilteringProxy;
  readonly policy: BrowserPolicy;
  readonly signal: AbortSignal;
}

/** The browser of one run: whichever host it is on at the moment, with the sessions that are open on it. */
class RunBrowser implements Browser {
  readonly name: string;
  readonly limits?: EngineLimits;
  private lease: Lease;
  private count = 0;
  private replacing: Promise<void> | undefined;
  private closing: Promise<void> | undefined;
  private readonly endings: Promise<void>[] = [];
  private readonly open = new Map<Session, { readonly lease: Lease; readonly end: () => void }>();
  private readonly parts: RunParts;
  // Ending is best effort here: whoever aborted does not wait, and `close` never rejects.
  private readonly onAbort = (): void => void this.close();

  constructor(first: Lease, parts: RunParts) {
    const { name, engine } = first.host;
    this.name = name;
    if (engine !== 'chromium') this.limits = limitsOf(engine);
    this.lease = first;
    this.parts = parts;
    parts.signal.addEventListener('abort', this.onAbort);
  }

  replaced(): number {
    return this.count;
  }

  async openSession(options: SessionOptions): Promise<Session> {
    const { open } = this;
    return createLastingSession(await this.openOn(options), {
      isLost: async (one) =>
        this.closing === undefined && (await open.get(one)?.lease.host.isGone()) === true,
      reopen: async (lost) => {
        const known = open.get(lost);
        this.forget(lost);
        if (known !== undefined) await this.replace(known.lease);
        return this.openOn(options);
      },
      onClose: (session) => this.forget(session),
    });
  }

  close(): Promise<void> {
    this.parts.signal.removeEventListener('abort', this.onAbort);
    this.closing ??= (async () => {
      // The last lease ends the browser, and every context with it.
      await Promise.all([...this.open.keys()].map((session) => session.close()));
      await Promise.all([...this.endings, this.lease.release()]);
      await this.parts.proxy.close();
    })();
    return this.closing;
  }

  private async openOn(options: SessionOptions): Promise<Session> {
    const { policy, proxy } = this.parts;
    for (;;) {
      const { lease } = this;
      const { host } = lease;
      const end = lease.countContext();
      try {
        const session = await openSession(host.browser, options, {
          policy,
          proxy,
          engine: host.engine,
          isRemote: host.isRemote,
        });
        this.open.set(session, { lease, end });
        return session;
      } catch (error) {
        end();
        if (this.closing !== undefined || !(await host.isGone())) throw error;
        await this.replace(lease);
      }
    }
  }

  private forget(session: Session): void {
    this.open.get(session)?.end();
    this.open.delete(session);
  }

  private async replace(lost: Lease): Promise<void> {
    if (this.lease !== lost) return;
    const { pool, proxy, signal } = this.parts;
    this.replacing ??= (async () => {
      if (this.count >= MAX_REPLACED) {
        throw new BrowserLostError(`the browser ended ${this.count + 1} times and was not started again`);
      }
      // A browser that is gone has nothing to say about its end.
      this.endings.push(lost.release());
      this.lease = await takeReaching(pool, proxy, signal);
      this.count += 1;
    })().finally(() => {
      this.replacing = undefined;
    });
    await this.replacing;
  }
}

/** A browser that reaches the run's proxy. What cannot be led through it is not used: nothing may go unfiltered. */
async function takeReaching(pool: BrowserPool, proxy: FilteringProxy, signal: AbortSignal): Promise<Lease> {
  const lease = await pool.take(signal);
  const { host } = lease;
  const isKnownTo = !host.isRemote && host.engine === 'chromium';
  const problem = isKnownTo ? undefined : await reachesOnlyProxy(host, proxy);
  if (problem === undefined) return lease;
  const hasEnded = await host.isGone();
  await lease.release();
  throw hasEnded ? new TransientError(`${host.name} ended while it was opened`) : new UserError(problem);
}
