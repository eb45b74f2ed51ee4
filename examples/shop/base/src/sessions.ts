import { randomUUID } from 'node:crypto';
import { type Account, DEMO_ACCOUNT } from './accounts.ts';
import { type Cart, EMPTY_CART } from './cart.ts';
import type { Order, OrderBook } from './orders.ts';

/**
 * What the server knows of one visitor. Every session has its own copy of the demo account, so that two people who
 * try the shop at once do not see each other's carts and orders.
 */
export interface Session {
  readonly id: string;
  account: Account | undefined;
  cart: Cart;
  /** Shown once, on the next page. */
  notice: string | undefined;
}

const MAX_SESSIONS = 10_000;

export class Sessions {
  readonly #byId = new Map<string, Session>();

  find(id: string | undefined): Session | undefined {
    return id === undefined ? undefined : this.#byId.get(id);
  }

  /** Starts an empty session; the oldest one ends when there are too many. */
  create(): Session {
    const session: Session = { id: randomUUID(), account: undefined, cart: EMPTY_CART, notice: undefined };
    this.#byId.set(session.id, session);
    const [oldest] = this.#byId.keys();
    if (this.#byId.size > MAX_SESSIONS && oldest !== undefined) this.#byId.delete(oldest);
    return session;
  }
}

/** Logs the session in and gives the demo account its two earlier orders. */
export function logIn(session: Session, orders: OrderBook): void {
  session.account ??= DEMO_ACCOUNT;
  if (orders.list(session.id).length > 0) return;
  for (const order of EARLIER_ORDERS) orders.add(session.id, DEMO_ACCOUNT.email, order);
}

const EARLIER_ORDERS: readonly Order[] = [
  {
    number: 'LM-1001',
    placedOn: '2026-03-02',
    status: 'delivered',
    address: DEMO_ACCOUNT.address,
    lines: [
      { name: 'Moor blanket', quantity: 1, price: 11900 },
      { name: 'Everyday mug', quantity: 2, price: 1400 },
    ],
    subtotal: 14700,
    discount: 0,
    shipping: 0,
    total: 14700,
  },
  {
    number: 'LM-1002',
    placedOn: '2026-04-18',
    status: 'delivered',
    address: DEMO_ACCOUNT.address,
    lines: [{ name: 'Window plant', quantity: 1, price: 2600 }],
    subtotal: 2600,
    discount: 0,
    shipping: 490,
    total: 3090,
  },
];
