import type { BrowserOptions } from '../browser/open-browser.ts';
import type { Env } from '../config/env.ts';

/** Which browsers the operator wants to be used. */
export function browserOptions(env: Env): BrowserOptions {
  return {
    ...(env.FIRSTHAND_BROWSER_PATH === undefined ? {} : { executablePath: env.FIRSTHAND_BROWSER_PATH }),
    endpoints: env.FIRSTHAND_BROWSER_WS,
    ...(env.FIRSTHAND_BROWSER_PROXY_HOST === undefined
      ? {}
      : { proxyHost: env.FIRSTHAND_BROWSER_PROXY_HOST }),
  };
}
