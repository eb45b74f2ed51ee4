import { randomBytes } from 'node:crypto';
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
  /** Address of this machine under which browsers on other machines reach it; only this machine does when left out. */
  readonly reachedAs?: string;
  /** Bytes after which a response or tunnel is cut; 128 MiB when left out. */
  readonly maxBytes?: number;
}

export interface FilteringProxy {
  readonly url: string;
  /**
   * An address that only this proxy answers, with `KNOCK_ANSWER`. Other machines are served once they have asked for it: it
   * cannot be guessed.
   */
  readonly knock: string;
  /** Why the proxy refused this address, or `undefined` when it did not. */
  whyRefused(url: URL): string | undefined;
  /** Why nothing was reached at this address the last time, or `undefined` when something was. */
  whyFailed(url: URL): string | undefined;
  close(): Promise<void>;
}

/** The whole document at `knock`. */
export const KNOCK_ANSWER = 'This is the filtering proxy of Firsthand.';

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
  const failures = createFailures();
  const sockets = new Set<Duplex>();
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const guard = createGuard(options, refusals);
  const { maxBytes = MAX_BYTES } = options;
  const knock = `http://firsthand.invalid/${randomBytes(24).toString('hex')}`;
  const admitted = new Set(['127.0.0.1']);
  const server = createServer((request, response) => {
    if (request.url === knock) {
      if (request.socket.remoteAddress !== undefined) admitted.add(request.socket.remoteAddress);
      response.writeHead(200, { 'content-type': 'text/plain', connection: 'close' }).end(KNOCK_ANSWER);
      return;
    }
    if (!admitted.has(request.socket.remoteAddress ?? '')) return leaveUnanswered(response);
    forward(request, response, { guard, agent, failures, maxBytes }).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.on('connection', (socket) => remember(sockets, socket));
  server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    if (!admitted.has(request.socket.remoteAddress ?? '')) return void client.destroy();
    tunnel(request, client, { head, guard, failures, sockets, maxBytes }).catch(() => client.destroy());
  });
  // Chromium tunnels WebSockets with CONNECT, so an upgrade in the clear comes from something else.
  server.on('upgrade', (_request, socket: Duplex) => socket.destroy());
  const { reachedAs } = options;
  const port = await listen(server, reachedAs === undefined ? '127.0.0.1' : '0.0.0.0');
  return {
    url: `http://${reachedAs ?? '127.0.0.1'}:${port}`,
    knock,
    whyRefused: (url) => refusals.get(hostAndPort(url)),
    whyFailed: (url) => failures.find(hostAndPort(url)),
    async close() {
      agent.destroy();
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** What could not be reached, by `host:port`. */
interface Failures {
  note(place: string, error: NodeJS.ErrnoException | 'unknown-host'): void;
  clear(place: string): void;
  find(place: string): string | undefined;
}

function createFailures(): Failures {
  const known = new Map<string, string>();
  return {
    note(place, error) {
      const host = place.replace(/:\d+$/, '');
      const why =
        error === 'unknown-host'
          ? `the host name ${host} does not resolve`
          : error.code === 'ECONNREFUSED'
            ? `nothing answers at ${place} (connection refused)`
            : undefined;
      if (why !== undefined && known.size < 10_000) known.set(place, why);
    },
    clear: (place) => void known.delete(place),
    find: (place) => known.get(place),
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
  readonly failures: Failures;
  readonly agent: Agent;
  readonly maxBytes: number;
}

async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  { guard, agent, failures, maxBytes }: ForwardContext,
): Promise<void> {
  const url = URL.canParse(request.url ?? '') ? new URL(request.url ?? '') : undefined;
  if (url?.protocol !== 'http:') return refuse(response, 400, 'not an absolute http address');
  const verdict = await guard(url.hostname, Number(url.port || 80));
  if (verdict.kind === 'refused') return refuse(response, 403, verdict.why);
  const place = hostAndPort(url);
  if (verdict.kind === 'unknown-host') {
    failures.note(place, 'unknown-host');
    return leaveUnanswered(response);
  }
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
  upstream.on('error', (error) => {
    failures.note(place, error);
    leaveUnanswered(response);
  });
  upstream.on('response', (answer) => {
    failures.clear(place);
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage ?? '', answer.rawHeaders);
    limit(answer, maxBytes, () => response.destroy());
    answer.on('error', () => response.destroy());
    answer.pipe(response);
  });
  response.on('close', () => upstream.destroy());
  request.pipe(upstream);
}

/** Ends a response that has no answer to give: a 502 of ours would look like the app's answer. */
function leaveUnanswered(response: ServerResponse): void {
  if (response.headersSent) response.destroy();
  else response.socket?.destroy();
}

interface TunnelContext {
  readonly head: Buffer;
  readonly guard: Guard;
  readonly failures: Failures;
  readonly sockets: Set<Duplex>;
  readonly maxBytes: number;
}

async function tunnel(
  request: IncomingMessage,
  client: Duplex,
  { head, guard, failures, sockets, maxBytes }: TunnelContext,
): Promise<void> {
  client.on('error', () => client.destroy());
  const target = /^(\[[0-9a-f:.]+\]|[^:/]+):(\d{1,5})$/i.exec(request.url ?? '');
  const [host, port] = [target?.[1], Number(target?.[2])];
  if (host === undefined || port < 1 || port > 65_535) {
    client.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    return;
  }
  const verdict = await guard(host, port);
  const place = `${host}:${port}`.toLowerCase();
  if (verdict.kind !== 'open') {
    if (verdict.kind === 'unknown-host') failures.note(place, 'unknown-host');
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
  upstream.on('error', (error) => {
    failures.note(place, error);
    if (upstream.connecting) client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    client.destroy();
  });
  upstream.on('connect', () => {
    failures.clear(place);
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    if (head.length > 0) upstream.write(head);
    limit(upstream, maxBytes, () => upstream.destroy());
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

function refuse(response: ServerResponse, status: number, why: string): void {
  response
    .writeHead(status, { 'content-type': 'text/plain' })
    .end(`Firsthand refused this request: ${why}\n`);
}

function limit(source: IncomingMessage | Socket, maxBytes: number, cut: () => void): void {
  let bytes = 0;
  source.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) cut();
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
