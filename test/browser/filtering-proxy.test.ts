import { request } from 'node:http';
import { afterAll, describe, expect, it } from 'vitest';
import { fetchOwnFile } from '../../src/browser/fetch-own-file.ts';
import { type FilteringProxy, startFilteringProxy } from '../../src/browser/filtering-proxy.ts';
import { isPublicAddress } from '../../src/browser/private-address.ts';
import { type PageHandler, servePages } from '../support/serve-pages.ts';

const opened: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const one of opened) await one.close();
});

async function proxyFor(options: Parameters<typeof startFilteringProxy>[0]): Promise<FilteringProxy> {
  const proxy = await startFilteringProxy(options);
  opened.push(proxy);
  return proxy;
}

/** Asks the proxy for an address in the clear; returns the status and the body. */
function get(
  proxy: FilteringProxy,
  address: string,
  headers: Record<string, string> = {},
): Promise<readonly [number, string]> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(proxy.url);
    const sent = request({ hostname, port, path: address, headers }, (answer) => {
      let body = '';
      answer.on('data', (chunk) => (body += String(chunk)));
      answer.on('end', () => resolve([answer.statusCode ?? 0, body]));
      answer.on('error', reject);
    });
    sent.on('error', reject).end();
  });
}

/** Asks the proxy for a tunnel; returns the status. */
function tunnel(proxy: FilteringProxy, target: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(proxy.url);
    const sent = request({ hostname, port, method: 'CONNECT', path: target });
    sent.on('connect', (answer, socket) => {
      socket.destroy();
      resolve(answer.statusCode ?? 0);
    });
    sent.on('error', reject).end();
  });
}

describe('startFilteringProxy', () => {
  it('lets a named private host through and refuses the same host on another port', async () => {
    const site = await servePages({ '/': '<h1>Hello</h1>' });
    opened.push(site);
    const proxy = await proxyFor({ privateHosts: [site.host] });
    const [status, body] = await get(proxy, `${site.url}/`);
    expect([status, body.includes('Hello')]).toEqual([200, true]);
    const other = await servePages({ '/': 'secret' });
    opened.push(other);
    expect((await get(proxy, `${other.url}/`))[0]).toBe(403);
    expect(other.seen).toEqual([]);
    // The text is published: it must not tell what a name resolves to inside.
    expect(proxy.whyRefused(new URL(other.url))).toBe('not a public address');
    expect(proxy.whyRefused(new URL(site.url))).toBeUndefined();
  });

  it('cuts what does not end, in a response and in a tunnel', async () => {
    const pour: PageHandler = (_request, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    };
    const site = await servePages({ '/flood': pour });
    opened.push(site);
    const proxy = await proxyFor({ privateHosts: [site.host], maxBytes: 1_000_000 });
    await expect(get(proxy, `${site.url}/flood`)).rejects.toThrow(/aborted/);
    const options = { proxyPort: Number(new URL(proxy.url).port), headers: {}, limitMs: 20_000 };
    const inTunnel = fetchOwnFile(new URL('/flood', site.url), { ...options, maxBytes: 1e9 });
    expect(await inTunnel).toBeUndefined();
  });

  it('refuses a name that resolves to a private address, and one that has both kinds', async () => {
    const answers: Record<string, { address: string; family: number }[]> = {
      'inside.example': [{ address: '10.1.2.3', family: 4 }],
      'both.example': [
        { address: '93.184.216.34', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ],
      'mapped.example': [{ address: '::ffff:169.254.169.254', family: 6 }],
    };
    const proxy = await proxyFor({ privateHosts: [], resolve: async (host) => answers[host] ?? [] });
    for (const host of Object.keys(answers)) {
      expect((await get(proxy, `http://${host}/`))[0]).toBe(403);
      expect(await tunnel(proxy, `${host}:443`)).toBe(403);
    }
    expect(await tunnel(proxy, 'nowhere.example:443')).toBe(502);
  });

  it('connects to the address that it checked, not to what the name resolves to later', async () => {
    const site = await servePages({ '/': 'the real one' });
    opened.push(site);
    const port = new URL(site.url).port;
    let asked = 0;
    const proxy = await proxyFor({
      privateHosts: [`rebind.example:${port}`],
      resolve: async () => {
        asked += 1;
        return [{ address: asked === 1 ? '127.0.0.1' : '127.0.0.99', family: 4 }];
      },
    });
    expect(await get(proxy, `http://rebind.example:${port}/`)).toEqual([
      200,
      expect.stringContaining('the real one'),
    ]);
    expect(asked).toBe(1);
  });

  it.each([
    '127.0.0.1:80',
    '2130706433:80',
    '0x7f000001:80',
    '0177.0.0.1:80',
    '[::1]:443',
    '[::ffff:7f00:1]:443',
    '[64:ff9b::7f00:1]:443',
    '[fd00:ec2::254]:80',
    '169.254.169.254:80',
    '0.0.0.0:80',
    '224.0.0.1:80',
  ])('refuses a tunnel to %s', async (target) => {
    const proxy = await proxyFor({ privateHosts: [] });
    expect([403, 502]).toContain(await tunnel(proxy, target));
  });
});

describe('isPublicAddress', () => {
  it('takes ordinary addresses and refuses everything special', () => {
    expect(['93.184.216.34', '2606:2800:220:1::1'].map(isPublicAddress)).toEqual([true, true]);
    const special = [
      '10.0.0.1',
      '172.31.0.1',
      '192.168.1.1',
      '100.64.0.1',
      '::',
      '::1',
      'fe80::1',
      'fc00::1',
    ];
    const embedded = ['::ffff:8.8.8.8', '2002:7f00:1::', '64:ff9b::a00:1', 'ff02::1', 'not an address'];
    for (const address of [...special, ...embedded])
      expect([address, isPublicAddress(address)]).toEqual([address, false]);
  });
});
