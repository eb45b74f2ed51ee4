import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export type PageHandler = (request: IncomingMessage, response: ServerResponse) => void;
/** Pages by path: HTML, or a function that answers. Paths without one get 404. */
export type Pages = Readonly<Record<string, string | PageHandler>>;

export interface ServedPages {
  /** Such as `http://127.0.0.1:40123`, without a slash at the end. */
  readonly url: string;
  readonly host: string;
  /** `METHOD path` of every request, in order. */
  readonly seen: readonly string[];
  close(): Promise<void>;
}

/** Serves pages that a test wrote inline, on a free port of 127.0.0.1. */
export async function servePages(pages: Pages): Promise<ServedPages> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    seen.push(`${request.method} ${request.url}`);
    const page = pages[path];
    if (typeof page === 'function') page(request, response);
    else if (page === undefined) response.writeHead(path === '/favicon.ico' ? 204 : 404).end('not here');
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(htmlPage(page));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    seen,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Wraps a body in a document, unless it is one. */
export function htmlPage(body: string): string {
  if (body.trimStart().toLowerCase().startsWith('<!doctype')) return body;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Test page</title></head><body>${body}</body></html>`;
}
