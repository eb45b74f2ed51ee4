import { chromium } from 'playwright';
import { findBrowser } from '../../src/browser/find-browser.ts';
import { type BrowserHost, createBrowserHost } from '../../src/browser/hosts/browser-host.ts';

/**
 * Stands for an engine that has none of Chromium's protocol: a Chromium in which asking for it fails. With `leadsLoopback`
 * false it sends what is for this machine past the proxy, as browsers do by themselves.
 */
export async function startForeignEngine({ leadsLoopback = true } = {}): Promise<BrowserHost> {
  const found = await findBrowser();
  if (found.kind === 'missing') throw new Error(found.why);
  const browser = await chromium.launch({
    executablePath: found.path,
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--disable-partial-raster'],
    proxy: { server: 'http://127.0.0.1:9', bypass: '<-loopback>' },
  });
  const refuse = (): never => {
    throw new Error('this engine has no such protocol');
  };
  const newContext = browser.newContext.bind(browser);
  browser.newBrowserCDPSession = refuse;
  browser.newContext = async (options = {}) => {
    if (options.isMobile !== undefined) throw new Error('options.isMobile is not supported in Firefox');
    const { proxy } = options;
    const bypass = { bypass: leadsLoopback ? '<-loopback>' : '127.0.0.1,localhost' };
    const context = await newContext(
      proxy === undefined ? options : { ...options, proxy: { ...proxy, ...bypass } },
    );
    context.newCDPSession = refuse;
    return context;
  };
  return createBrowserHost(browser, {
    name: 'Firefox 1.0',
    engine: 'firefox',
    isRemote: false,
    end: () => browser.close(),
  });
}
