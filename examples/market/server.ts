import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { parseArgs } from 'node:util';
import { COUPONS, PLANTS } from './plants.ts';

const { values } = parseArgs({ options: { port: { type: 'string', default: '3000' } } });

interface Order {
  key: string;
  number: string;
  lines: { sku: string; quantity: number }[];
  total: number;
  name: string;
}

/** Orders by visitor. */
const orders = new Map<string, Order[]>();

function visitorOf(request: IncomingMessage): string | undefined {
  return /seedhouse=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1];
}

function placeOrder(mine: Order[], body: Partial<Order>): { status: number; value: unknown } {
  const lines = (body.lines ?? []).filter((line) => PLANTS.some((plant) => plant.sku === line.sku));
  if (lines.length === 0) return { status: 422, value: { error: 'The basket is empty.' } };
  if (!body.name?.trim()) return { status: 422, value: { error: 'Tell us who it is for.' } };
  const known = mine.find((order) => order.key === body.key);
  if (known !== undefined) return { status: 200, value: known };
  const order: Order = {
    key: body.key ?? '',
    number: `SH${2041 + mine.length}`,
    lines,
    total: body.total ?? 0,
    name: body.name.trim(),
  };
  mine.push(order);
  return { status: 201, value: order };
}

async function readJson(request: IncomingMessage): Promise<Partial<Order>> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? {} : JSON.parse(text);
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://market');
  const json = (status: number, value: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(value));
  };
  let visitor = visitorOf(request);
  if (visitor === undefined) {
    visitor = randomUUID();
    response.setHeader('set-cookie', `seedhouse=${visitor}; Path=/; SameSite=Lax`);
  }
  const mine = orders.get(visitor) ?? [];
  orders.set(visitor, mine);
  try {
    if (url.pathname === '/api/plants') return json(200, PLANTS);
    if (url.pathname === '/api/coupon') {
      const coupon = COUPONS.find(
        (one) => one.code === (url.searchParams.get('code') ?? '').trim().toUpperCase(),
      );
      return coupon === undefined ? json(404, { error: 'We do not know that code.' }) : json(200, coupon);
    }
    if (url.pathname === '/api/orders' && request.method === 'POST') {
      const { status, value } = placeOrder(mine, await readJson(request));
      return json(status, value);
    }
    if (url.pathname === '/api/orders') return json(200, mine);
    if (url.pathname.startsWith('/api/')) return json(404, { error: 'Not found' });
    const isAsset = url.pathname.startsWith('/assets/');
    const file = isAsset ? join('assets', normalize(url.pathname.slice(7))) : 'index.html';
    const body = await readFile(join(import.meta.dirname, file));
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    return response.end(body);
  } catch {
    return json(404, { error: 'Not found' });
  }
});

server.listen(Number(values.port), '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : address;
  process.stdout.write(`Seedhouse is open at http://127.0.0.1:${port}\n`);
});
