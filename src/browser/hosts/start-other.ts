import { TransientError, UserError } from '../../domain/errors.ts';
import type { OtherEngine } from '../../verify/ports.ts';
import { bounded } from '../bounded.ts';
import { ENGINES, isInstalled, whyNotInstalled } from '../engine/engines.ts';
import { type BrowserHost, createBrowserHost } from './browser-host.ts';
import { NOWHERE } from './start-local.ts';

const LAUNCH_MS = 45_000;
const CLOSE_MS = 5_000;

/** What Firefox would otherwise ask for past the proxy, or without it when that does not answer. */
const FIREFOX_PREFERENCES = {
  'media.peerconnection.enabled': false,
  'network.dns.disablePrefetch': true,
  'network.http.http3.enable': false,
  'network.http.speculative-parallel-limit': 0,
  'network.prefetch-next': false,
  'network.predictor.enabled': false,
  'network.proxy.allow_bypass': false,
  'network.proxy.allow_hijacking_localhost': true,
  'network.proxy.failover_direct': false,
  'network.trr.mode': 5,
};

/** Starts Playwright's own build of another engine. Throws as `startLocal` does. */
export async function startOther(engine: OtherEngine): Promise<BrowserHost> {
  const { title, type } = ENGINES[engine];
  if (!(await isInstalled(engine))) throw new UserError(whyNotInstalled(engine));
  try {
    const browser = await type.launch({
      proxy: { server: NOWHERE.server },
      ...(engine === 'firefox' ? { firefoxUserPrefs: FIREFOX_PREFERENCES } : {}),
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      timeout: LAUNCH_MS,
    });
    return await createBrowserHost(browser, {
      name: `${title} ${browser.version()}`,
      engine,
      isRemote: false,
      end: () => bounded(browser.close(), CLOSE_MS).then(() => undefined),
    });
  } catch (cause) {
    throw new TransientError(`could not start ${title}`, { cause });
  }
}
