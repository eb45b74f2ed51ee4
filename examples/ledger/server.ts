import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { basename, extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Book, CATEGORIES, sampleBook } from './sample.ts';

const { values } = parseArgs({ options: { port: { type: 'string', default: '3000' } } });
const books = new Map<string, Book>();

function bookOf(request: IncomingMessage, response: ServerResponse): Book {
  const id = /ledger=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
  const known = books.get(id);
  if (known !== undefined) return known;
  const fresh = randomUUID();
  const book = sampleBook();
  books.set(fresh, book);
  response.setHeader('set-cookie', `ledger=${fresh}; Path=/; SameSite=Lax; HttpOnly`);
  return book;
}

class ApiError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

type Body = Record<string, unknown>;

const routes: Record<string, (book: Book, body: Body, id: number, query: URLSearchParams) => unknown> = {
  'GET /api/transactions': (book, _body, _id, query) => listTransactions(book, query),
  'POST /api/transactions': (book, body) => {
    const transaction = { id: book.nextId, ...readTransaction(body), cleared: false };
    book.nextId += 1;
    book.transactions.push(transaction);
    return transaction;
  },
  'PUT /api/transactions/:id': (book, body, id) => Object.assign(findOne(book, id), readTransaction(body)),
  'POST /api/transactions/:id/cleared': (book, body, id) =>
    Object.assign(findOne(book, id), { cleared: body.cleared === true }),
  'DELETE /api/transactions/:id': (book, _body, id) => {
    findOne(book, id);
    book.transactions = book.transactions.filter((one) => one.id !== id);
    return { deleted: id };
  },
  'GET /api/summary': (book) => summarise(book),
  'GET /api/budgets': (book) =>
    book.budgets.map((budget) => ({ ...budget, spent: spentOn(book, budget.category) })),
  'PUT /api/budgets': (book, body) => {
    const budget = book.budgets.find((one) => one.category === body.category);
    const limit = Number(body.limit);
    if (budget === undefined) throw new ApiError(404, 'No such budget');
    if (!Number.isFinite(limit) || limit <= 0) throw new ApiError(422, 'A budget is more than nothing');
    budget.limit = Math.round(limit);
    return budget;
  },
  'GET /api/settings': (book) => book.settings,
  'PUT /api/settings': (book, body) => {
    const household = String(body.household ?? '').trim();
    const warnAt = Number(body.warnAt);
    if (household === '') throw new ApiError(422, 'A household needs a name');
    if (!(warnAt >= 10 && warnAt <= 100)) throw new ApiError(422, 'Warn between 10 and 100 percent');
    book.settings = {
      household,
      warnAt,
      currency: String(body.currency),
      weekStart: String(body.weekStart),
      email: body.email === true,
    };
    return book.settings;
  },
  'GET /api/notices': (book) => book.notices,
  'POST /api/notices/read': (book) => {
    for (const notice of book.notices) notice.read = true;
    return book.notices;
  },
};

function listTransactions(book: Book, query: URLSearchParams) {
  const q = (query.get('q') ?? '').toLowerCase();
  const category = query.get('category') ?? '';
  return book.transactions
    .filter((one) => one.payee.toLowerCase().includes(q))
    .filter((one) => category === '' || one.category === category)
    .filter((one) => query.get('open') !== '1' || !one.cleared)
    .toSorted((a, b) => b.date.localeCompare(a.date) || b.id - a.id);
}

function findOne(book: Book, id: number) {
  const found = book.transactions.find((one) => one.id === id);
  if (found === undefined) throw new ApiError(404, 'No such transaction');
  return found;
}

function readTransaction(body: Body) {
  const payee = String(body.payee ?? '').trim();
  const amount = Math.round(Number(body.amount));
  const date = String(body.date ?? '');
  if (payee === '') throw new ApiError(422, 'Who was it?');
  if (!Number.isFinite(amount) || amount === 0) throw new ApiError(422, 'How much was it?');
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) throw new ApiError(422, 'When was it?');
  const category = CATEGORIES.includes(String(body.category)) ? String(body.category) : 'Leisure';
  return { payee, amount, date, category, account: String(body.account ?? 'Giro') };
}

function spentOn(book: Book, category: string): number {
  return -book.transactions
    .filter((one) => one.category === category)
    .reduce((sum, one) => sum + one.amount, 0);
}

function summarise(book: Book) {
  const sum = (keep: (amount: number) => boolean): number =>
    book.transactions.filter((one) => keep(one.amount)).reduce((total, one) => total + one.amount, 0);
  const income = sum((amount) => amount > 0);
  const spent = -sum((amount) => amount < 0);
  const byCategory = CATEGORIES.filter((name) => name !== 'Income').map((name) => ({
    category: name,
    spent: spentOn(book, name),
  }));
  const open = book.transactions.filter((one) => !one.cleared).length;
  return { income, spent, balance: income - spent, open, count: book.transactions.length, byCategory };
}

async function readBody(request: IncomingMessage): Promise<Body> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? {} : JSON.parse(text);
}

const TYPES: Record<string, string> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://ledger');
  const json = (status: number, value: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify(value));
  };
  try {
    if (url.pathname.startsWith('/api/')) {
      const id = Number(/\/(\d+)(?:\/|$)/.exec(url.pathname)?.[1] ?? 0);
      const route = routes[`${request.method} ${url.pathname.replace(/\/\d+(?=\/|$)/, '/:id')}`];
      if (route === undefined) return json(404, { error: 'No such endpoint' });
      return json(200, route(bookOf(request, response), await readBody(request), id, url.searchParams));
    }
    const extension = extname(url.pathname);
    const file = extension === '' ? 'index.html' : basename(url.pathname);
    const body = await readFile(join(import.meta.dirname, 'web', file));
    if (extension === '') bookOf(request, response);
    response.writeHead(200, { 'content-type': TYPES[extension] ?? 'text/html; charset=utf-8' });
    return response.end(body);
  } catch (error) {
    if (error instanceof ApiError) return json(error.status, { error: error.message });
    return json(404, { error: 'Not found' });
  }
});

server.listen(Number(values.port), '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : address;
  process.stdout.write(`Ledger is open at http://127.0.0.1:${port}\n`);
});
