import { createServer } from 'node:http';
import { createApp } from './app.ts';
import { OrderBook } from './orders.ts';

const { env } = process;

const app = createApp({
  orders: new OrderBook(env.SHOP_DB),
  password: env.SHOP_PASSWORD ?? 'larkmoor-demo',
  today: env.SHOP_TODAY ?? '2026-05-04',
  receiptsFolder: env.SHOP_RECEIPTS,
});

const server = createServer(app);
server.listen(Number(env.PORT ?? 3000), env.HOST ?? '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : address;
  process.stdout.write(`Larkmoor is open at http://127.0.0.1:${port}\n`);
});
