import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Card, COLUMNS, type Entry, freshBoard, LABELS, PEOPLE } from './seed.ts';

const { values } = parseArgs({ options: { port: { type: 'string', default: '3000' } } });
const startedAt = Date.now();

interface Board {
  cards: Card[];
  activity: Entry[];
  requests: number;
}

interface Call {
  board: Board;
  id: number;
  body: Record<string, unknown>;
  query: URLSearchParams;
}

class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const ME = 'ines';
const FIELDS = ['title', 'column', 'position', 'assignee', 'labels', 'priority', 'due', 'points'] as const;
const EDITABLE: readonly string[] = [...FIELDS, 'archived', 'description', 'checklist'];
const boards = new Map<string, Board>();

function log(board: Board, text: string, card: number): void {
  board.activity.unshift({
    id: board.activity.length + 1,
    who: ME,
    text,
    card,
    at: new Date().toISOString(),
  });
}

function summary({ description: _, checklist, comments, ...card }: Card): object {
  return {
    ...card,
    done: checklist.filter((item) => item.done).length,
    todo: checklist.length,
    replies: comments.length,
  };
}

function findCard({ board, id }: Call): Card {
  const card = board.cards.find((one) => one.id === id && !one.archived);
  if (card === undefined) throw new ApiError(404, 'This card is no longer here.');
  return card;
}

function changeCards(board: Board, ids: readonly number[], fields: Record<string, unknown>): object {
  if (typeof fields.title === 'string' && fields.title.trim() === '') {
    throw new ApiError(422, 'A card needs a title.');
  }
  const column = COLUMNS.find((one) => one.id === fields.column);
  if (column?.limit) {
    const there = board.cards.filter((card) => card.column === column.id && !card.archived);
    const coming = ids.filter((id) => !there.some((card) => card.id === id));
    if (there.length + coming.length > column.limit) {
      throw new ApiError(409, `${column.name} is full: ${column.limit} cards at most.`);
    }
  }
  const changed = board.cards.filter((card) => ids.includes(card.id));
  for (const card of changed) {
    for (const [name, value] of Object.entries(fields)) {
      if (EDITABLE.includes(name)) Object.assign(card, { [name]: value });
    }
    card.updatedAt = new Date().toISOString();
    log(board, fields.archived ? 'archived' : column === undefined ? 'edited' : 'moved', card.id);
  }
  return { cards: changed.map(summary) };
}

function createCard({ board, body }: Call): object {
  if (String(body.title ?? '').trim() === '') throw new ApiError(422, 'A card needs a title.');
  const column = String(body.column ?? 'ideas');
  const id = Math.max(...board.cards.map((card) => card.id)) + 1;
  board.cards.push({
    id,
    title: '',
    column,
    position: 1000 + id,
    assignee: '',
    labels: [],
    priority: 'medium',
    due: null,
    points: 1,
    archived: false,
    updatedAt: '',
    description: '',
    checklist: [],
    comments: [],
  });
  return changeCards(board, [id], body);
}

function addComment(call: Call): object {
  const card = findCard(call);
  const text = String(call.body.text ?? '').trim();
  if (text === '') throw new ApiError(422, 'Write something first.');
  card.comments.push({ who: ME, text, at: new Date().toISOString() });
  log(call.board, 'commented on', card.id);
  return card;
}

function search({ board, query }: Call): object {
  const words = (query.get('q') ?? '').toLowerCase();
  return board.cards
    .filter((card) => !card.archived && card.title.toLowerCase().includes(words))
    .slice(0, 6)
    .map(({ id, title, column }) => ({ id, title, column }));
}

function activity({ board, query }: Call): object {
  const before = Number(query.get('before') ?? Number.POSITIVE_INFINITY);
  const older = board.activity.filter((entry) => entry.id < before);
  return { entries: older.slice(0, 12), hasMore: older.length > 12 };
}

const ROUTES: [string, RegExp, (call: Call) => object][] = [
  [
    'GET',
    /^\/api\/board$/,
    ({ board }) => ({
      columns: COLUMNS,
      people: PEOPLE,
      labels: LABELS,
      cards: board.cards.filter((card) => !card.archived).map(summary),
    }),
  ],
  ['GET', /^\/api\/search$/, search],
  ['GET', /^\/api\/activity$/, activity],
  ['POST', /^\/api\/cards$/, createCard],
  [
    'POST',
    /^\/api\/cards\/change$/,
    ({ board, body }) => changeCards(board, body.ids as number[], body.fields as Record<string, unknown>),
  ],
  ['GET', /^\/api\/cards\/(\d+)$/, findCard],
  ['POST', /^\/api\/cards\/(\d+)\/comments$/, addComment],
];

async function answer(
  method: string,
  url: URL,
  board: Board,
  request: IncomingMessage,
): Promise<[number, unknown]> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  board.requests += 1;
  await pause(30 + ((url.pathname.length * 37 + board.requests * 53) % 121));
  for (const [verb, pattern, act] of ROUTES) {
    const match = pattern.exec(url.pathname);
    if (match === null || verb !== method) continue;
    try {
      const body = text === '' ? {} : JSON.parse(text);
      return [200, act({ board, id: Number(match[1]), body, query: url.searchParams })];
    } catch (error) {
      return error instanceof ApiError
        ? [error.status, { message: error.message }]
        : [500, { message: 'Sorry.' }];
    }
  }
  return [404, { message: 'No such thing.' }];
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://board');
  const known = /plotline=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1];
  const visitor = known ?? randomUUID();
  if (known === undefined) response.setHeader('set-cookie', `plotline=${visitor}; Path=/; SameSite=Lax`);
  if (url.pathname.startsWith('/api/')) {
    const board = boards.get(visitor) ?? { ...freshBoard(startedAt), requests: 0 };
    boards.set(visitor, board);
    const [status, value] = await answer(request.method ?? 'GET', url, board, request);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(value));
    return;
  }
  const file = extname(url.pathname) === '' ? 'index.html' : normalize(url.pathname);
  try {
    const body = await readFile(join(import.meta.dirname, 'web', file));
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    response.end(body);
  } catch {
    response.writeHead(404, { 'content-type': 'text/plain' });
    response.end('Not found');
  }
});

server.listen(Number(values.port), '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : address;
  process.stdout.write(`Plotline is open at http://127.0.0.1:${port}\n`);
});
