import type { Browser as PlaywrightBrowser } from 'playwright';
import { TransientError } from '../domain/errors.ts';
import type { BrowserPolicy, Session, SessionOptions } from '../verify/ports.ts';
import { bounded } from './bounded.ts';
import type { FilteringProxy } from './filtering-proxy.ts';
import { guardNavigation } from './guard-navigation.ts';
import { watchPage } from './page-events.ts';
import { createSession } from './playwright-session.ts';
import { fromStorageState, restoreSessionStorage } from './storage-state.ts';

const OPEN_MS = 20_000;
const DEFAULT_TIMEOUT_MS = 15_000;

export interface SessionSurroundings {
  readonly policy: BrowserPolicy;
  readonly proxy: FilteringProxy;
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
  { policy, proxy }: SessionSurroundings,
): Promise<Session> {
  const { viewport } = options;
  const context = await browser.newContext({
    viewport: { width: viewport.width, height: viewport.height },
    deviceScaleFactor: viewport.deviceScaleFactor,
    isMobile: viewport.isMobile,
    hasTouch: viewport.hasTouch,
    locale: options.locale,
    timezoneId: options.timezone,
    colorScheme: options.colorScheme,
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
    acceptDownloads: false,
    permissions: [],
    ...(options.storage === undefined ? {} : { storageState: fromStorageState(options.storage).state }),
  });
  context.setDefaultTimeout(DEFAULT_TIMEOUT_MS);
  if (options.storage !== undefined) await restoreSessionStorage(context, options.storage);
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  const events = watchPage(context, page, (address) =>
    URL.canParse(address) ? proxy.whyRefused(new URL(address)) : undefined,
  );
  await guardNavigation(page, cdp, {
    policy,
    site: options.site,
    headers: options.headers,
    onBlocked: (url, why) => events.noteBlocked(url, why),
  });
  return createSession({
    context,
    page,
    cdp,
    events,
    options,
    policy,
    whyFailed: (address) => (URL.canParse(address) ? proxy.whyFailed(new URL(address)) : undefined),
  });
}
