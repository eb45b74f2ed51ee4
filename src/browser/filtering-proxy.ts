import { lookup as lookupName } from 'node:dns/promises';
import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { isPublicAddress } from './private-address.ts';

/** A response or tunnel that carries more than this is cut: no page needs it. */
const MAX_BYTES = 128 * 1024 * 1024;
const IDLE_MS = 60_000;
const MAX_CONNECTIONS = 512;
const HOP_BY_HOP = ['proxy-connection', 'proxy-authorization', 'connection', 'keep-alive', 'te', 'upgrade'];

type Address = { readonly address: string; readonly family: number };

export interface FilteringProxyOptions {
  /** `host:port` of addresses that may be private; without a port, ports 80 and 443 of the host. */
  readonly privateHosts: readonly string[];
  /** Resolves a name to all its addresses; the system's resolver when left out. */
  readonly resolve?: (host: string) => Promise<readonly Address[]>;
  /** Interface to listen on; 127.0.0.1 when left out. */
  readonly listenOn?: string;
  /** Asked of every client when given, as HTTP basic credentials. */
  readonly credentials?: { readonly username: string; readonly password: string };
}

export interface FilteringProxy {
  readonly url: string;
  /** Why the proxy refused this address, or `undefined` when it did not. */
  whyRefused(url: URL): string | undefined;
  close(): Promise<void>;
}

type Verdict =
  | { readonly kind: 'open'; readonly host: string; readonly addresses: readonly Address[] }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'unknown-host' };

/**
 * Starts the proxy that all of a browser's traffic passes.
 *
 * It resolves names itself, refuses every address that is not public unless the operator named the host, and connects
 * to the addresses that it checked, so a name that resolves differently a second time gains nothing.
 */
export async function startFilteringProxy(options: FilteringProxyOptions): Promise<FilteringProxy> {
  const refusals = new Map<string, string>();
  const sockets = new Set<Duplex>();
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const guard = createGuard(options, refusals);
  const server = createServer((request, response) => {
    forward(request, response, { guard, agent, options }).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.on('connection', (socket) => remember(sockets, socket));
  server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    tunnel(request, client, { head, guard, options, sockets }).catch(() => client.destroy());
  });
  // Chromium tunnels WebSockets with CONNECT, so an upgrade in the clear comes from something else.
  server.on('upgrade', (_request, socket: Duplex) => socket.destroy());
  const port = await listen(server, options.listenOn ?? '127.0.0.1');
  return {
    url: `http://${options.listenOn ?? '127.0.0.1'}:${port}`,
    whyRefused: (url) => refusals.get(hostAndPort(url)),
    async close() {
      agent.destroy();
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

type Guard = (host: string, port: number) => Promise<Verdict>;

function createGuard(options: FilteringProxyOptions, refusals: Map<string, string>): Guard {
  const isNamed = (host: string, port: number): boolean =>
    options.privateHosts.some((entry) => {
      const name = entry.toLowerCase();
      return name === `${host}:${port}` || (name === host && (port === 80 || port === 443));
    });
  const resolve = options.resolve ?? ((host) => lookupName(host, { all: true }));
  return async (rawHost, port) => {
    const host = rawHost.replace(/^\[|\]$/g, '').toLowerCase();
    const shown = host.includes(':') ? `[${host}]` : host;
    const addresses = isIP(host)
      ? [{ address: host, family: isIP(host) }]
      : await resolve(host).catch((): readonly Address[] => []);
    if (addresses.length === 0) return { kind: 'unknown-host' };
    const bad = isNamed(shown, port) ? undefined : addresses.find(({ address }) => !isPublicAddress(address));
    if (bad !== undefined) {
      // The address that a name has inside stays inside: this text is published.
      const why = 'not a public address';
      if (refusals.size < 10_000) refusals.set(`${shown}:${port}`, why);
      return { kind: 'refused', why };
    }
    return { kind: 'open', host, addresses };
  };
}

/** `host:port` with the port always written. */
function hostAndPort(url: URL): string {
  const secure = url.protocol === 'https:' || url.protocol === 'wss:';
  return `${url.hostname}:${url.port === '' ? (secure ? 443 : 80) : url.port}`.toLowerCase();
}

interface ForwardContext {
  readonly guard: Guard;
  readonly agent: Agent;
  readonly options: FilteringProxyOptions;
}

async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  { guard, agent, options }: ForwardContext,
): Promise<void> {
  if (!isAuthorised(request, options)) {
    response.writeHead(407, { 'proxy-authenticate': 'Basic realm="firsthand"' }).end();
    return;
  }
  const url = URL.canParse(request.url ?? '') ? new URL(request.url ?? '') : undefined;
  if (url?.protocol !== 'http:') return refuse(response, 400, 'not an absolute http address');
  const verdict = await guard(url.hostname, Number(url.port || 80));
  if (verdict.kind === 'refused') return refuse(response, 403, verdict.why);
  if (verdict.kind === 'unknown-host') return refuse(response, 502, `no address for ${url.hostname}`);
  const headers = { ...request.headers };
  for (const name of HOP_BY_HOP) delete headers[name];
  const upstream = httpRequest({
    agent,
    host: verdict.host,
    port: Number(url.port || 80),
    method: request.method,
    path: url.pathname + url.search,
    headers,
    lookup: toChecked(verdict.addresses),
    timeout: IDLE_MS,
  });
  upstream.on('timeout', () => upstream.destroy());
  upstream.on('error', () => {
    if (response.headersSent) response.destroy();
    // A closed connection is what the browser would see without a proxy; a 502 would look like the app's answer.
    else response.socket?.destroy();
  });
  upstream.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage ?? '', answer.rawHeaders);
    limit(answer, () => response.destroy());
    answer.on('error', () => response.destroy());
    answer.pipe(response);
  });
  response.on('close', () => upstream.destroy());
  request.pipe(upstream);
}

interface TunnelContext {
  readonly head: Buffer;
  readonly guard: Guard;
  readonly options: FilteringProxyOptions;
  readonly sockets: Set<Duplex>;
}

async function tunnel(
  request: IncomingMessage,
  client: Duplex,
  { head, guard, options, sockets }: TunnelContext,
): Promise<void> {
  client.on('error', () => client.destroy());
  if (!isAuthorised(request, options)) {
    client.end(
      'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="firsthand"\r\n\r\n',
    );
    return;
  }
  const target = /^(\[[0-9a-f:.]+\]|[^:/]+):(\d{1,5})$/i.exec(request.url ?? '');
  const [host, port] = [target?.[1], Number(target?.[2])];
  if (host === undefined || port < 1 || port > 65_535) {
    client.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    return;
  }
  const verdict = await guard(host, port);
  if (verdict.kind !== 'open') {
    client.end(`HTTP/1.1 ${verdict.kind === 'refused' ? '403 Forbidden' : '502 Bad Gateway'}\r\n\r\n`);
    return;
  }
  const upstream = connect({
    host: verdict.host,
    port,
    lookup: toChecked(verdict.addresses),
    autoSelectFamily: true,
  });
  remember(sockets, upstream);
  upstream.setTimeout(IDLE_MS, () => upstream.destroy());
  upstream.on('error', () => {
    if (upstream.connecting) client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    client.destroy();
  });
  upstream.on('connect', () => {
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    if (head.length > 0) upstream.write(head);
    limit(upstream, () => upstream.destroy());
    upstream.pipe(client);
    client.pipe(upstream);
  });
  upstream.on('close', () => client.destroy());
  client.on('close', () => upstream.destroy());
}

/** A resolver that answers with what was checked, whatever the name resolves to by now. */
function toChecked(addresses: readonly Address[]): LookupFunction {
  return (_host, options, callback) => {
    if (options.all === true) callback(null, [...addresses]);
    else callback(null, addresses[0]?.address ?? '', addresses[0]?.family ?? 4);
  };
}

function isAuthorised(request: IncomingMessage, { credentials }: FilteringProxyOptions): boolean {
  if (credentials === undefined) return true;
  const wanted = Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64');
  return request.headers['proxy-authorization'] === `Basic ${wanted}`;
}

function refuse(response: ServerResponse, status: number, why: string): void {
  response
    .writeHead(status, { 'content-type': 'text/plain' })
    .end(`Firsthand refused this request: ${why}\n`);
}

function limit(source: IncomingMessage | Socket, cut: () => void): void {
  let bytes = 0;
  source.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) cut();
  });
}

function remember(sockets: Set<Duplex>, socket: Duplex): void {
  sockets.add(socket);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => sockets.delete(socket));
}

async function listen(server: Server, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
