import { DatabaseSync } from 'node:sqlite';
import type { Address } from './accounts.ts';
import { type Cart, type Totals, totalsOf } from './cart.ts';

export interface OrderLine {
  readonly name: string;
  readonly quantity: number;
  readonly price: number;
}

export interface Order extends Totals {
  readonly number: string;
  readonly placedOn: string;
  readonly status: 'placed' | 'delivered';
  readonly address: Address;
  readonly lines: readonly OrderLine[];
}

const FIRST_NUMBER = 1001;
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS orders (
    session TEXT NOT NULL, number TEXT NOT NULL, email TEXT NOT NULL, placed_on TEXT NOT NULL,
    status TEXT NOT NULL, total INTEGER NOT NULL, document TEXT NOT NULL,
    PRIMARY KEY (session, number)
  )`;

/** Keeps the orders of every session in SQLite: in memory, or in a file that tools/export_orders.py reads. */
export class OrderBook {
  readonly #database: DatabaseSync;

  constructor(file = ':memory:') {
    this.#database = new DatabaseSync(file);
    this.#database.exec(SCHEMA);
  }

  /** Turns a cart into an order. Numbers count up within a session. */
  place(
    session: string,
    email: string,
    order: { readonly cart: Cart; readonly address: Address; readonly placedOn: string },
  ): Order {
    const placed: Order = {
      number: `LM-${FIRST_NUMBER + this.list(session).length}`,
      placedOn: order.placedOn,
      status: 'placed',
      address: order.address,
      lines: order.cart.lines.map(({ product, quantity }) => ({
        name: product.name,
        price: product.price,
        quantity,
      })),
      ...totalsOf(order.cart),
    };
    this.add(session, email, placed);
    return placed;
  }

  add(session: string, email: string, order: Order): void {
    this.#database
      .prepare('INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run(session, order.number, email, order.placedOn, order.status, order.total, JSON.stringify(order));
  }

  /** Newest first. */
  list(session: string): readonly Order[] {
    const rows = this.#database
      .prepare('SELECT document FROM orders WHERE session = ? ORDER BY number DESC')
      .all(session);
    return rows.map((row): Order => JSON.parse(String(row.document)));
  }

  find(session: string, number: string): Order | undefined {
    return this.list(session).find((order) => order.number === number);
  }

  close(): void {
    this.#database.close();
  }
}
