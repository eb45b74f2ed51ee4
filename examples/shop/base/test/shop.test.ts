import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { test } from 'node:test';
import { createApp } from '../src/app.ts';
import { OrderBook } from '../src/orders.ts';

const orders = new OrderBook();
const server: Server = createServer(
  createApp({ orders, password: 'secret', today: '2026-05-04', receiptsFolder: undefined }),
);
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const bound = server.address();
const origin = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : bound}`;

await test('sells a mug to someone who logs in', async () => {
  const visitor = createVisitor();
  await visitor.post('/cart/add', { product: 'everyday-mug' });
  assert.match(await visitor.get('/checkout'), /<h1>Log in/);
  await visitor.post('/login', { email: 'demo@shop.example', password: 'secret', next: '/checkout' });
  const address = { name: 'Robin', street: '1 Row', postcode: '1', city: 'Rye', country: 'Ireland' };
  const confirmation = await visitor.post('/checkout', address);
  assert.match(confirmation, /Thank you for your order/);
  assert.match(confirmation, /Order LM-1003/);
  assert.match(await visitor.get('/cart'), /It is empty/);
});

await test('refuses a wrong password and an unknown coupon', async () => {
  const visitor = createVisitor();
  assert.match(
    await visitor.post('/login', { email: 'demo@shop.example', password: 'no' }),
    /do not go together/,
  );
  await visitor.post('/cart/add', { product: 'tall-vase' });
  assert.match(await visitor.post('/cart/coupon', { code: '<b>' }), /no coupon with that code/);
});

await test('saves an address, and says which part is missing', async () => {
  const visitor = createVisitor();
  await visitor.post('/login', { email: 'demo@shop.example', password: 'secret' });
  const address = { name: 'Robin', street: '', postcode: '1', city: 'Rye', country: 'Ireland' };
  assert.match(await visitor.post('/account/address', address), /We cannot deliver without it/);
  assert.match(
    await visitor.post('/account/address', { ...address, street: '9 Quay' }),
    /Your address is saved/,
  );
});

await test('shows nobody the orders of someone else', async () => {
  assert.match(await createVisitor().get('/orders/LM-1001'), /<h1>Log in/);
});

await test('answers 404 for what it does not have', async () => {
  const paths = ['/nothing', '/products/submarine', '/constructor', '/../package.json'];
  for (const path of paths) assert.equal((await fetch(origin + path)).status, 404, path);
});

server.close();
orders.close();

/** Someone with a browser that keeps cookies and follows redirects. */
function createVisitor(): {
  get(path: string): Promise<string>;
  post(path: string, form: Record<string, string>): Promise<string>;
} {
  let cookie = '';
  const request = async (path: string, init: RequestInit): Promise<string> => {
    const response = await fetch(origin + path, { ...init, headers: { cookie }, redirect: 'manual' });
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    const next = response.headers.get('location');
    return next === null ? response.text() : request(next, {});
  };
  return {
    get: (path) => request(path, {}),
    post: (path, form) => request(path, { method: 'POST', body: new URLSearchParams(form) }),
  };
}
