import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import type { ServedFile } from '../verify/ran/ports.ts';

export interface OwnFileOptions {
  /** Port of the run’s filtering proxy on this machine. */
  readonly proxyPort: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly maxBytes: number;
  readonly limitMs: number;
}

/**
 * Asks for one file through the filtering proxy, so that it reaches what a page may reach and nothing else.
 *
 * Follows no redirect, decompresses nothing, and is cut at `maxBytes`: `undefined` for each, for any answer but 200, and when
 * nothing comes in time. Playwright's own requests are no way: they keep an answer of any size whole.
 */
export async function fetchOwnFile(url: URL, options: OwnFileOptions): Promise<ServedFile | undefined> {
  const { signal, end } = limitIn(options.limitMs);
  let tunnel: Duplex | undefined;
  try {
    tunnel = await openTunnel(url, options, signal);
    return await ask(url, tunnel, { ...options, signal });
  } catch {
    // Whatever went wrong, and whoever's doing it was: the file is not read.
    return undefined;
  } finally {
    end();
    tunnel?.destroy();
  }
}

function limitIn(ms: number): { readonly signal: AbortSignal; readonly end: () => void } {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), ms);
  return { signal: limit.signal, end: () => clearTimeout(timer) };
}

function portOf(url: URL): string {
  return url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
}

async function openTunnel(url: URL, { proxyPort }: OwnFileOptions, signal: AbortSignal): Promise<Duplex> {
  const socket = await new Promise<Duplex>((resolve, reject) => {
    const asking = httpRequest({
      host: '127.0.0.1',
      port: proxyPort,
      method: 'CONNECT',
      path: `${url.hostname}:${portOf(url)}`,
      agent: false,
      signal,
    });
    asking.on('connect', (answer, opened) => {
      if (answer.statusCode === 200) resolve(opened);
      else {
        opened.destroy();
        reject(new Error(`the proxy answered ${answer.statusCode}`));
      }
    });
    asking.on('error', reject);
    asking.end();
  });
  if (url.protocol !== 'https:') return socket;
  const servername = /^[\d.]+$|^\[/.test(url.hostname) ? {} : { servername: url.hostname };
  const secure = connectTls({ socket, ALPNProtocols: ['http/1.1'], ...servername });
  await new Promise<void>((resolve, reject) => {
    const giveUp = (): void => {
      secure.destroy();
      socket.destroy();
      reject(new Error('no TLS in time'));
    };
    signal.addEventListener('abort', giveUp, { once: true });
    secure.once('secureConnect', resolve);
    secure.once('error', (error) => {
      socket.destroy();
      reject(error);
    });
  });
  return secure;
}

async function ask(
  url: URL,
  tunnel: Duplex,
  { headers, maxBytes, signal }: OwnFileOptions & { readonly signal: AbortSignal },
): Promise<ServedFile | undefined> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const asking = httpRequest({
      createConnection: () => tunnel,
      host: url.hostname,
      path: url.pathname + url.search,
      headers: {
        ...headers,
        host: url.host,
        accept: '*/*',
        'accept-encoding': 'identity',
        connection: 'close',
      },
      signal,
    });
    asking.on('response', resolve);
    asking.on('error', reject);
    asking.end();
  });
  const encoding = answer.headers['content-encoding'] ?? 'identity';
  if (answer.statusCode !== 200 || encoding !== 'identity') return undefined;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer) {
    const piece = Buffer.from(chunk as Uint8Array);
    bytes += piece.length;
    if (bytes > maxBytes) return undefined;
    chunks.push(piece);
  }
  const sourceMap = answer.headers['sourcemap'] ?? answer.headers['x-sourcemap'];
  return {
    text: new TextDecoder().decode(Buffer.concat(chunks)),
    ...(typeof sourceMap === 'string' ? { sourceMap } : {}),
  };
}
