import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { firstOpenStep, stepPage, takeStep } from './booking.ts';
import { PARTS, STATES, TODAY, WORK } from './data.ts';
import { jobPage, jobsPage } from './jobs.ts';
import { layout } from './layout.ts';
import { openSession, type Session } from './session.ts';
import { homePage, pricesPage, weekPage } from './week.ts';

const { values } = parseArgs({ options: { port: { type: 'string', default: '3000' } } });

interface Answer {
  status: number;
  body?: string;
  location?: string;
}

const show = (session: Session, title: string, body: string, status = 200): Answer => ({
  status,
  body: layout(session, title, body),
});
const go = (location: string): Answer => ({ status: 303, location });

function get(session: Session, url: URL): Answer {
  const path = url.pathname;
  if (path === '/') return show(session, 'Today', homePage(session.jobs));
  if (path === '/jobs') return show(session, 'Jobs', jobsPage(session.jobs, url.searchParams));
  if (path === '/prices') return show(session, 'Prices', pricesPage());
  if (path === '/week') {
    const start = url.searchParams.get('start') ?? TODAY;
    return show(session, 'Week', weekPage(session.jobs, /^\d{4}-\d\d-\d\d$/.test(start) ? start : TODAY));
  }
  if (path === '/book') return go('/book/1');
  const step = /^\/book\/([1-4])$/.exec(path)?.[1];
  if (step !== undefined) {
    const open = firstOpenStep(session.draft);
    if (Number(step) > open) return go(`/book/${open}`);
    return show(session, 'Book a repair', stepPage(Number(step), session.draft, {}));
  }
  const job = findJob(session, /^\/jobs\/(\d+)$/.exec(path)?.[1]);
  if (job !== undefined) return show(session, `Job ${job.number}`, jobPage(job, undefined));
  return notFound(session);
}

function post(session: Session, path: string, form: URLSearchParams): Answer {
  const step = Number(/^\/book\/([1-3])$/.exec(path)?.[1] ?? 0);
  if (step > 0) {
    const problems = takeStep(step, session.draft, form);
    if (Object.keys(problems).length === 0) return go(`/book/${step + 1}`);
    return show(session, 'Book a repair', stepPage(step, session.draft, problems), 422);
  }
  if (path === '/book/confirm') return confirmBooking(session);
  const [, number, action] = /^\/jobs\/(\d+)\/(.+)$/.exec(path) ?? [];
  const job = findJob(session, number);
  if (job === undefined) return notFound(session);
  if (action === 'state') {
    const state = STATES.find((known) => known === form.get('state'));
    if (state !== undefined) {
      job.state = state;
      session.flash = `Job ${job.number} is now ${state}.`;
    }
  } else if (action === 'notes') {
    const text = (form.get('text') ?? '').trim();
    if (text === '') return show(session, `Job ${job.number}`, jobPage(job, 'Write something first.'), 422);
    job.notes.push({ at: TODAY, text });
    session.flash = 'Note added.';
  } else if (action === 'parts') {
    const name = form.get('part') ?? '';
    const quantity = Math.min(9, Math.max(1, Math.trunc(Number(form.get('quantity'))) || 1));
    const known = job.parts.find((part) => part.name === name);
    if (known !== undefined) known.quantity += quantity;
    else if (name in PARTS) job.parts.push({ name, price: PARTS[name] ?? 0, quantity });
    session.flash = `${name} added.`;
  } else if (action === 'parts/remove') {
    const [removed] = job.parts.splice(Number(form.get('index')), 1);
    session.flash = removed === undefined ? undefined : `${removed.name} removed.`;
  } else if (action === 'loyal') {
    job.loyal = !job.loyal;
  } else return notFound(session);
  return go(`/jobs/${job.number}`);
}

function confirmBooking(session: Session): Answer {
  const { draft } = session;
  if (firstOpenStep(draft) !== 4) {
    // Sent twice: the booking is there already.
    return go(session.lastBooked === undefined ? '/book/1' : `/jobs/${session.lastBooked}`);
  }
  const number = Math.max(...session.jobs.map((job) => job.number)) + 1;
  session.jobs.push({
    number,
    customer: draft.name ?? '',
    phone: draft.phone ?? '',
    bike: draft.bike ?? '',
    due: draft.date ?? TODAY,
    state: 'waiting',
    loyal: false,
    parts: (draft.work ?? []).map((name) => ({ name, price: WORK[name] ?? 0, quantity: 1 })),
    notes: [],
  });
  session.draft = {};
  session.lastBooked = number;
  session.flash = `Booked as job ${number}.`;
  return go(`/jobs/${number}`);
}

function findJob(session: Session, number: string | undefined) {
  return session.jobs.find((job) => job.number === Number(number));
}

function notFound(session: Session): Answer {
  return show(
    session,
    'Not found',
    '<h1>Not found</h1><p>There is no such page. <a href="/">Start</a></p>',
    404,
  );
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return new URLSearchParams(text);
}

const assets: Record<string, { type: string; body: Buffer }> = {
  '/static/desk.css': { type: 'text/css', body: readFileSync(join(import.meta.dirname, 'static/desk.css')) },
  '/static/desk.js': {
    type: 'text/javascript',
    body: readFileSync(join(import.meta.dirname, 'static/desk.js')),
  },
};

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://desk');
  const asset = assets[url.pathname];
  if (asset !== undefined) {
    response.writeHead(200, { 'content-type': asset.type });
    response.end(asset.body);
    return;
  }
  const session = openSession(request, response);
  const answer =
    request.method === 'POST' ? post(session, url.pathname, await readForm(request)) : get(session, url);
  response.writeHead(answer.status, {
    'content-type': 'text/html; charset=utf-8',
    ...(answer.location === undefined ? {} : { location: answer.location }),
  });
  response.end(answer.body ?? '');
});

server.listen(Number(values.port), '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : address;
  process.stdout.write(`Fixbench is open at http://127.0.0.1:${port}\n`);
});
