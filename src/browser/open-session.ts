import { randomBytes } from 'node:crypto';
import type { Browser as PlaywrightBrowser } from 'playwright';
import { TransientError } from '../domain/errors.ts';
import type { BrowserPolicy, Session, SessionOptions } from '../verify/ports.ts';
import { bounded } from './bounded.ts';
import { registerContentWorld } from './engine/content-world.ts';
import { engineContext } from './engine/engine-context.ts';
import type { EngineName } from './engine/engines.ts';
import type { FilteringProxy } from './filtering-proxy.ts';
import { goingOffline } from './network-conditions.ts';
import { openTab, type Tab } from './open-tab.ts';
import type { SessionClock } from './page-clock.ts';
import { watchPages } from './page-events.ts';
import { createSession } from './playwright-session.ts';
import { fromStorageState, restoreStorage } from './storage-state.ts';

const OPEN_MS = 20_000;
const DEFAULT_TIMEOUT_MS = 15_000;

export interface SessionSurroundings {
  readonly policy: BrowserPolicy;
  readonly proxy: FilteringProxy;
  /** Chromium when left out; any other is driven without its protocol. */
  readonly engine?: EngineName;
  /** A browser elsewhere was not started with our flags, and WebRTC would go past the proxy. */
  readonly isRemote?: boolean;
}

/** Opens one context with one page, guarded and watched. Throws `TransientError` when the browser does not answer. */
export async function openSession(
  browser: PlaywrightBrowser,
  options: SessionOptions,
  surroundings: SessionSurroundings,
): Promise<Session> {
  const opened = await bounded(open(browser, options, surroundings), OPEN_MS);
  if (opened === undefined)
    throw new TransientError('the browser did not open a page: it has ended or hangs');
  return opened;
}

async function open(
  browser: PlaywrightBrowser,
  options: SessionOptions,
  { policy, proxy, engine = 'chromium', isRemote = false }: SessionSurroundings,
): Promise<Session> {
  const { viewport } = options;
  const worldName = engine === 'chromium' ? undefined : await registerContentWorld();
  const context = await browser.newContext({
    viewport: { width: viewport.width, height: viewport.height },
    deviceScaleFactor: viewport.deviceScaleFactor,
    hasTouch: viewport.hasTouch,
    locale: options.locale,
    timezoneId: options.timezone,
    colorScheme: options.colorScheme,
    reducedMotion: options.reducedMotion === false ? 'no-preference' : 'reduce',
    serviceWorkers: 'block',
    acceptDownloads: false,
    permissions: [],
    ...engineContext(engine, { options, proxy: proxy.url }),
    ...(options.storage === undefined ? {} : { storageState: fromStorageState(options.storage).state }),
  });
  context.setDefaultTimeout(DEFAULT_TIMEOUT_MS);
  if (isRemote || engine !== 'chromium') await context.addInitScript(withoutWebRtc);
  const events = watchPages(context, (address) =>
    URL.canParse(address) ? proxy.whyRefused(new URL(address)) : undefined,
  );
  const clock = startClock(options);
  const guard = {
    policy,
    site: options.site,
    headers: options.headers,
    onBlocked: (url: string, why: string) => events.noteBlocked(url, why),
  };
  const newTab = async (): Promise<Tab> => {
    const opened = await openTab(context, {
      events,
      guard,
      watchesScripts: options.watchesScripts === true,
      ...(clock === undefined ? {} : { clock }),
      ...(worldName === undefined ? {} : { worldName }),
    });
    if (options.network === 'slow') await opened.slowDown?.();
    return opened;
  };
  const tab = await newTab();
  const { storage } = options;
  const session = createSession({
    context,
    tab,
    openTab: newTab,
    events,
    options,
    policy,
    proxyPort: Number(new URL(proxy.url).port),
    restoring: await restoreStorage(tab, { storage, withLocal: false }),
    whyFailed: (address) => (URL.canParse(address) ? proxy.whyFailed(new URL(address)) : undefined),
  });
  return options.network === 'offline' ? goingOffline(session, context) : session;
}

/** Runs in the page, before its own scripts. */
function withoutWebRtc(): void {
  for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'RTCDataChannel']) {
    Reflect.deleteProperty(globalThis, name);
  }
}

function startClock({ clock }: SessionOptions): SessionClock | undefined {
  if (clock === undefined || clock.kind === 'real') return undefined;
  // Chromium's own time is in whole milliseconds.
  const at = Math.trunc(clock.at);
  return { key: `firsthand${randomBytes(8).toString('hex')}`, at, seed: clock.seed, now: at };
}
