import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as booking from './booking.ts';
import * as office from './office.ts';
import type { Answer, Context } from './page.ts';
import { page, redirect } from './page.ts';
import { sessionOf } from './session.ts';
import { words } from './words.ts';

const { values } = parseArgs({ options: { port: { type: 'string', default: '3000' } } });

const ROUTES: [string, RegExp, (context: Context, id: string) => Answer][] = [
  ['GET', /^\/$/, office.home],
  ['GET', /^\/book$/, () => redirect('/book/service')],
  ['GET', /^\/book\/service$/, booking.askService],
  ['POST', /^\/book\/service$/, booking.takeService],
  ['GET', /^\/book\/slot$/, booking.askSlot],
  ['POST', /^\/book\/slot$/, booking.takeSlot],
  ['GET', /^\/book\/contact$/, booking.askContact],
  ['POST', /^\/book\/contact$/, booking.takeContact],
  ['GET', /^\/bookings\/(L\d+)$/, booking.showBooking],
  ['POST', /^\/bookings\/(L\d+)\/cancel$/, booking.cancelBooking],
  ['GET', /^\/bookings\/(L\d+)\/rebook$/, booking.askRebook],
  ['POST', /^\/bookings\/(L\d+)\/rebook$/, booking.takeRebook],
  ['GET', /^\/calendar$/, office.calendar],
  ['GET', /^\/patients$/, office.patients],
  ['GET', /^\/patients\.csv$/, office.patientsCsv],
  ['GET', /^\/patients\/(\d+)$/, office.patient],
  ['GET', /^\/patients\/(\d+)\/edit$/, office.editPatient],
  ['POST', /^\/patients\/(\d+)\/edit$/, office.savePatient],
  ['GET', /^\/invoices$/, office.invoices],
  ['GET', /^\/invoices\/(L\d+)$/, office.invoice],
  ['POST', /^\/invoices\/(L\d+)\/pay$/, office.payInvoice],
  ['GET', /^\/contact$/, office.contact],
  ['POST', /^\/contact$/, office.sendContact],
  ['POST', /^\/cookies$/, office.cookies],
  ['GET', /^\/lang$/, office.language],
];

const STATIC: Record<string, [string, Buffer]> = {
  '/static/site.css': ['text/css', readFileSync(join(import.meta.dirname, 'static/site.css'))],
  '/static/site.js': ['text/javascript', readFileSync(join(import.meta.dirname, 'static/site.js'))],
  '/static/leaf.svg': ['image/svg+xml', readFileSync(join(import.meta.dirname, 'static/leaf.svg'))],
};

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return new URLSearchParams(text);
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://clinic');
  const file = STATIC[url.pathname];
  if (file !== undefined) {
    response.writeHead(200, { 'content-type': file[0] }).end(file[1]);
    return;
  }
  const session = sessionOf(request, response);
  const form = await formOf(request);
  const context: Context = { session, url, form, t: words(session.lang) };
  for (const [method, pattern, act] of ROUTES) {
    const match = pattern.exec(url.pathname);
    if (match === null || method !== request.method) continue;
    const { status, headers, body } = act(context, match[1] ?? '');
    response.writeHead(status, headers).end(body);
    return;
  }
  const { status, headers, body } = page(context, 'missing', { title: '404' }, 404);
  response.writeHead(status, headers).end(body);
});

server.listen(Number(values.port), '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : address;
  process.stdout.write(`Lindenhof is open at http://127.0.0.1:${port}\n`);
});
