import * as account from './actions/account.ts';
import * as cart from './actions/cart.ts';
import * as catalogue from './actions/catalogue.ts';
import * as checkout from './actions/checkout.ts';
import type { ShopOptions } from './app.ts';
import type { Reply } from './http.ts';
import type { Session } from './sessions.ts';

/** What a handler is given. `param` is the last part of the path, where the route has one. */
export interface Visit extends ShopOptions {
  readonly session: Session;
  readonly form: URLSearchParams;
  readonly query: URLSearchParams;
  readonly param: string;
}

type Handler = (visit: Visit) => Reply | Promise<Reply>;

interface Route {
  readonly handle: Handler;
  readonly needsAccount?: boolean;
}

const ROUTES: Readonly<Record<string, Route>> = {
  'GET /': { handle: catalogue.showCatalogue },
  'GET /products': { handle: catalogue.showCatalogue },
  'GET /products/*': { handle: catalogue.showProduct },
  'GET /cart': { handle: cart.showCart },
  'POST /cart/add': { handle: cart.addItem },
  'POST /cart/quantity': { handle: cart.changeQuantity },
  'POST /cart/remove': { handle: cart.removeItem },
  'POST /cart/coupon': { handle: cart.enterCoupon },
  'POST /cart/coupon/remove': { handle: cart.dropCoupon },
  'GET /checkout': { handle: checkout.showCheckout, needsAccount: true },
  'POST /checkout': { handle: checkout.placeOrder, needsAccount: true },
  'GET /orders/*': { handle: checkout.showOrder, needsAccount: true },
  'GET /login': { handle: account.showLogin },
  'POST /login': { handle: account.submitLogin },
  'POST /logout': { handle: account.submitLogout },
  'GET /account': { handle: account.showAccount, needsAccount: true },
  'POST /account/profile': { handle: account.saveProfile, needsAccount: true },
  'GET /account/address': { handle: account.showAddress, needsAccount: true },
  'POST /account/address': { handle: account.saveAddress, needsAccount: true },
};

/** Finds who answers a request: the exact path first, then the one with `*` for its last part. */
export function findRoute(method: string, path: string): (Route & { readonly param: string }) | undefined {
  const verb = method === 'HEAD' ? 'GET' : method;
  const exact = ROUTES[`${verb} ${path}`];
  if (exact !== undefined) return { ...exact, param: '' };
  const cut = path.lastIndexOf('/') + 1;
  const general = ROUTES[`${verb} ${path.slice(0, cut)}*`];
  return general === undefined ? undefined : { ...general, param: path.slice(cut) };
}
