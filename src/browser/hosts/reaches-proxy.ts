import type { BrowserContext } from 'playwright';
import { bounded } from '../bounded.ts';
import { type FilteringProxy, KNOCK_ANSWER } from '../filtering-proxy.ts';
import type { BrowserHost } from './browser-host.ts';

/** A browser that has just started on a busy machine takes its time. */
const KNOCK_MS = 30_000;

/**
 * Why a browser is not led through the run's proxy and cannot be used; undefined when it is.
 *
 * A context must get the answer that only the proxy gives. In an engine that we do not know from inside, what it asks this
 * machine for, which many browsers never send to a proxy, must come back refused as well.
 */
export async function reachesOnlyProxy(
  { browser, engine, name, isRemote }: BrowserHost,
  proxy: FilteringProxy,
): Promise<string | undefined> {
  const isChromium = engine === 'chromium';
  const lead = { server: proxy.url, ...(isChromium ? { bypass: '<-loopback>' } : {}) };
  const context = await bounded(browser.newContext({ proxy: lead }), KNOCK_MS);
  if (context === undefined) return `${name} opens no context with a proxy`;
  try {
    const known = await ask(context, proxy.knock);
    if (known?.text !== KNOCK_ANSWER && !isRemote)
      return `${name} got no answer through Firsthand’s filtering proxy within ${KNOCK_MS / 1000} s, and is not used without it`;
    if (known?.text !== KNOCK_ANSWER)
      return `${name} does not reach Firsthand’s filtering proxy at ${proxy.url}, and is not used without it: set FIRSTHAND_BROWSER_PROXY_HOST to an address of this machine that the browser server reaches, and let it through to all ports`;
    if (isChromium) return undefined;
    const { port } = new URL(proxy.url);
    for (const host of ['127.0.0.1', 'localhost']) {
      // Asked directly, the proxy answers 400, and any other machine nothing.
      const own = await ask(context, `http://${host}:${port}/`);
      if (own?.status !== 403)
        return `${name} does not lead requests to ${host} through Firsthand’s filtering proxy, and is not used without it`;
    }
    return undefined;
  } finally {
    await bounded(context.close(), KNOCK_MS);
  }
}

async function ask(
  context: BrowserContext,
  url: string,
): Promise<{ readonly status: number; readonly text: string } | undefined> {
  const asked = context.newPage().then(async (page) => {
    const answer = await page.goto(url, { timeout: KNOCK_MS });
    return answer === null ? undefined : { status: answer.status(), text: await answer.text() };
  });
  return bounded(asked, KNOCK_MS);
}
