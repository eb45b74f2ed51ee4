import type { CDPSession, Browser as PlaywrightBrowser } from 'playwright';
import { bounded } from '../bounded.ts';
import type { EngineName } from '../engine/engines.ts';

const PING_MS = 3_000;

/** One browser process, here or elsewhere, in which runs open their contexts. */
export interface BrowserHost {
  /** Such as `Chromium 156.0.8078.79 at browsers.example:3000`. */
  readonly name: string;
  readonly browser: PlaywrightBrowser;
  readonly engine: EngineName;
  /** Where it runs: what its contexts reach as loopback is this machine, or another. */
  readonly isRemote: boolean;
  /** Whether it has ended, or does not answer any more. */
  isGone(): Promise<boolean>;
  /** Ends it, or the connection to it. Never rejects. */
  end(): Promise<void>;
}

export async function createBrowserHost(
  browser: PlaywrightBrowser,
  options: Pick<BrowserHost, 'name' | 'engine' | 'isRemote' | 'end'>,
): Promise<BrowserHost> {
  // Only Chromium can be asked whether it still answers.
  if (options.engine !== 'chromium')
    return { ...options, browser, isGone: async () => !browser.isConnected() };
  const cdp = await bounded(browser.newBrowserCDPSession(), PING_MS);
  return { ...options, browser, isGone: () => isGone(browser, cdp) };
}

/** A connection that just broke may not be known as such yet, so the browser itself is asked. */
async function isGone(browser: PlaywrightBrowser, cdp: CDPSession | undefined): Promise<boolean> {
  if (!browser.isConnected() || cdp === undefined) return true;
  return (await bounded(cdp.send('Browser.getVersion'), PING_MS)) === undefined;
}
