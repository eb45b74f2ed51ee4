import type { IncomingMessage, RequestListener } from 'node:http';
import { readAsset } from './assets.ts';
import { page, type Reply, RequestError, readCookie, readForm, redirect, send } from './http.ts';
import type { OrderBook } from './orders.ts';
import { errorPage } from './pages/error.ts';
import { findRoute } from './routes.ts';
import { type Session, Sessions } from './sessions.ts';

export interface ShopOptions {
  readonly orders: OrderBook;
  /** Of the demo account. */
  readonly password: string;
  /** The date on new orders, so that pages are the same on every run. */
  readonly today: string;
  readonly receiptsFolder: string | undefined;
}

/** The shop as a request listener; its state lives as long as the process. */
export function createApp(options: ShopOptions): RequestListener {
  const sessions = new Sessions();
  return async (request, response) => {
    const known = sessions.find(readCookie(request, 'session'));
    const session = known ?? sessions.create();
    if (known === undefined) {
      response.setHeader('set-cookie', `session=${session.id}; Path=/; HttpOnly; SameSite=Lax`);
    }
    send(response, await answer(request, session, options));
  };
}

async function answer(request: IncomingMessage, session: Session, options: ShopOptions): Promise<Reply> {
  try {
    const url = new URL(request.url ?? '/', 'http://shop');
    const asset = await readAsset(url.pathname.slice(1));
    if (asset !== undefined) return asset;
    const route = findRoute(request.method ?? 'GET', url.pathname);
    if (route === undefined) throw new RequestError(404, 'We could not find that page.');
    if (route.needsAccount && session.account === undefined) {
      return redirect(`/login?next=${encodeURIComponent(url.pathname)}`);
    }
    const form = request.method === 'POST' ? await readForm(request) : new URLSearchParams();
    return await route.handle({ session, form, query: url.searchParams, param: route.param, ...options });
  } catch (error) {
    const status = error instanceof RequestError ? error.status : 500;
    if (status === 500) process.stderr.write(`${request.method} ${request.url}: ${String(error)}\n`);
    const message = error instanceof RequestError ? error.message : 'Something went wrong on our side.';
    return page(errorPage(session, status, message), status);
  }
}
