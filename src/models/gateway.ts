/** One request of the reading process, as the model's SDK makes it. */
export interface Outgoing {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What came back, or why nothing did. */
export type Incoming =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: readonly (readonly [string, string])[];
      readonly body: string;
    }
  | { readonly kind: 'failed'; readonly message: string };

/** A longer answer is none of a model's. */
const MAX_ANSWER = 32 * 1024 * 1024;

/** Sends requests to models, and to nobody else. */
export interface Gateway {
  /** Never rejects: an address that is not allowed, and a connection that fails, are results. */
  send(request: Outgoing, signal: AbortSignal): Promise<Incoming>;
}

/**
 * Makes the only way out of the reading process: to addresses below `endpoints`, and where those lead elsewhere, no
 * further.
 */
export function createGateway(endpoints: readonly string[]): Gateway {
  const allowed = endpoints.map((endpoint) => new URL(endpoint));
  const mayReach = (url: URL): boolean =>
    allowed.some(({ origin, pathname }) => url.origin === origin && url.pathname.startsWith(pathname));
  return {
    async send({ url, method, headers, body }, signal) {
      const target = URL.parse(url);
      if (target === null || !mayReach(target)) {
        return { kind: 'failed', message: 'the address is none of a model that was set up' };
      }
      try {
        const response = await fetch(target, {
          method,
          headers,
          redirect: 'manual',
          signal,
          ...(body === '' ? {} : { body }),
        });
        return {
          kind: 'answered',
          status: response.status,
          headers: [...response.headers],
          body: await readText(response),
        };
      } catch (error) {
        return { kind: 'failed', message: reasonOf(error) };
      }
    },
  };
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER) throw new Error('the answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** `fetch` hides the reason behind "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no reason given';
  return error.cause instanceof Error ? error.cause.message : error.message;
}
