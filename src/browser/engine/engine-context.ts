import type { BrowserContextOptions } from 'playwright';
import type { SessionOptions } from '../../verify/ports.ts';
import type { EngineName } from './engines.ts';

/** Those options of a context in which the engines differ. */
export function engineContext(
  engine: EngineName,
  { options, proxy }: { readonly options: SessionOptions; readonly proxy: string },
): BrowserContextOptions {
  const { viewport, site, headers } = options;
  if (engine === 'chromium') {
    return { isMobile: viewport.isMobile, proxy: { server: proxy, bypass: '<-loopback>' } };
  }
  const account = basicAuth(headers);
  return {
    // Firefox refuses to open a context that says so.
    ...(engine === 'firefox' ? {} : { isMobile: viewport.isMobile }),
    proxy: { server: proxy },
    ...(account === undefined ? {} : { httpCredentials: { ...account, origin: site.origin } }),
  };
}

/** The user name and password of a header of basic authentication. */
function basicAuth(headers: SessionOptions['headers']): { username: string; password: string } | undefined {
  const [, value = ''] =
    Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization') ?? [];
  const encoded = /^basic +([a-z0-9+/=]+)$/i.exec(value)?.[1];
  if (encoded === undefined) return undefined;
  const [username = '', ...rest] = Buffer.from(encoded, 'base64').toString().split(':');
  return { username, password: rest.join(':') };
}
