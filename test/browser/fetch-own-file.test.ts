import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchOwnFile } from '../../src/browser/fetch-own-file.ts';
import { type FilteringProxy, startFilteringProxy } from '../../src/browser/filtering-proxy.ts';
import { type PageHandler, type ServedPages, servePages } from '../support/serve-pages.ts';

let site: ServedPages;
let proxy: FilteringProxy;
const endless: PageHandler = (_request, response) => {
  const more = (): void => {
    while (response.write('x'.repeat(65_536))) if (response.destroyed) return;
    response.once('drain', more);
  };
  more();
};

beforeAll(async () => {
  site = await servePages({
    '/app.js': (request, response) => {
      response.writeHead(200, { sourcemap: 'app.js.map' }).end(`${request.headers['cookie']} ${request.url}`);
    },
    '/moved.map': (_request, response) => {
      response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end();
    },
    '/packed.map': (_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('{}');
    },
    '/endless.map': endless,
    '/silent.map': () => undefined,
  });
  proxy = await startFilteringProxy({ privateHosts: [site.host] });
});

afterAll(async () => {
  await proxy.close();
  await site.close();
});

const ask = (address: string, limitMs = 5_000) =>
  fetchOwnFile(new URL(address, site.url), {
    proxyPort: Number(new URL(proxy.url).port),
    headers: { cookie: 'session=1' },
    maxBytes: 1_000_000,
    limitMs,
  });

describe('fetchOwnFile', () => {
  it('asks as the page would, and tells of the map that the headers name', async () => {
    expect(await ask('/app.js?v=2')).toEqual({ text: 'session=1 /app.js?v=2', sourceMap: 'app.js.map' });
  });

  it.each(['/moved.map', '/packed.map', '/endless.map', '/absent.map', 'http://127.0.0.1:9/app.js'])(
    'gives nothing for %s',
    async (path) => {
      expect(await ask(path)).toBeUndefined();
    },
  );

  it('waits no longer than it may', async () => {
    expect(await ask('/silent.map', 50)).toBeUndefined();
  });

  it('reaches what a page may reach and nothing else', async () => {
    const other = await servePages({ '/app.js': 'not yours' });
    expect(await ask(`${other.url}/app.js`)).toBeUndefined();
    expect(other.seen).toEqual([]);
    await other.close();
  });
});
